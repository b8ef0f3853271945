package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage.Skipped;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.JournalMode;
import io.amivet.fs.PathLookup;
import io.amivet.fs.TreeWalk;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.squashfs.SquashfsFormat;
import io.amivet.testdata.TestImages;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live image that holds a package that holds an image. */
class NestedVolumesTest {
  @TempDir Path folder;
  private final SkipLog skips = new SkipLog();
  private final NestedVolumes nested = new NestedVolumes(JournalMode.REPLAY, 2, skips);
  private OpenedVolume outer = ScanBed.opened(1, new MemoryFileSystem(), "", "");

  @BeforeEach
  void openOuter() throws IOException {
    byte[] image = Files.readAllBytes(TestImages.unpack("squashfs-nested", folder));
    AnomalyLog anomalies = new AnomalyLog();
    FileSystemView fs = new SquashfsFormat().open(new MemoryDevice("live", image), anomalies);
    Volume volume = ScanBed.volume(1, "", "", VolumeState.READ, "");
    outer = new OpenedVolume("disk", volume, fs, anomalies);
  }

  private List<OpenedVolume> in(OpenedVolume container, int depth) throws IOException {
    FileTree tree = TreeWalk.walk(Objects.requireNonNull(container.fs()), container.anomalies());
    return nested.in(container, tree, depth);
  }

  @Test
  void opensEachFileSystemOnceAndSaysWhichCannotBeRead() throws IOException {
    assertThat(in(outer, 1))
        .extracting(OpenedVolume::volume)
        .singleElement()
        .returns(2, Volume::index)
        .returns("file", Volume::kind)
        .returns("1:/live/first.bin", Volume::name)
        .returns("squashfs", Volume::contents)
        .returns(true, Volume::complete);
    assertThat(skips.toList())
        .singleElement()
        .returns(FsPath.of("/damaged.bin"), Skipped::path)
        .extracting(Skipped::reason)
        .asString()
        .startsWith("the squashfs file system in it was not read: ");
  }

  @Test
  void goesTwoLevelsDeepAndSaysWhereItStops() throws IOException {
    OpenedVolume first = in(outer, 1).getFirst();
    OpenedVolume second = in(first, 2).getFirst();

    assertThat(second.volume().name()).isEqualTo("2:/packages/second.img");
    FileSystemView fs = Objects.requireNonNull(second.fs());
    assertThat(new PathLookup(fs).find(FsPath.of("/second.txt"))).isPresent();
    assertThat(in(second, 3)).isEmpty();
    assertThat(skips.toList())
        .extracting(Skipped::reason)
        .contains("the squashfs file system in it was not read: nested too deep");
  }
}
