package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.btrfs.BtrfsFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import io.amivet.source.RawImage;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume laid out as Fedora does it: the system and its homes are subvolumes. */
class SubvolumesTest {
  @TempDir Path folder;
  private RawImage image;
  private FileTree tree;
  private List<SystemImage> systems;

  @BeforeEach
  void assemble() throws IOException {
    image = RawImage.open(TestImages.unpack("btrfs-subvolumes", folder));
    AnomalyLog anomalies = new AnomalyLog();
    FileSystemView fs = new BtrfsFormat().open(image, anomalies);
    tree = TreeWalk.walk(fs, anomalies);
    systems = Systems.assemble(Map.of(ScanBed.opened(1, fs, fs.label(), fs.uuid()), tree));
  }

  @AfterEach
  void close() throws IOException {
    image.close();
  }

  private static List<String> places(SystemImage system) {
    return system.mounts().stream().map(mount -> mount.top() + " at " + mount.point()).toList();
  }

  @Test
  void mountsSubvolumesWhereTheFstabOfTheSystemPutsThem() {
    assertThat(places(systems.getFirst())).containsExactly("/home at /home", "/root at /");
    assertThat(systems.getFirst().read("/etc/passwd")).isPresent();
    assertThat(systems.getFirst().read("/home/alice/.profile")).isPresent();
    assertThat(HomeDirectories.of(systems.getFirst())).contains("/home/alice");
  }

  @Test
  void aSnapshotOfASystemIsASystemOfItsOwn() {
    assertThat(systems.stream().skip(1).map(SubvolumesTest::places))
        .containsExactlyInAnyOrder(
            List.of("/read-only at /"), List.of("/writable at /"), List.of("/ at /"));
  }

  @Test
  void everyEntryOfTheVolumeIsInExactlyOneMount() {
    List<FsPath> all =
        systems.stream()
            .flatMap(system -> system.mounts().stream())
            .flatMap(
                mount -> mount.tree().entries().stream().map(entry -> mount.onVolume(entry.path())))
            .toList();
    assertThat(all)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            tree.entries().stream().map(entry -> entry.path()).toList());
  }

  @Test
  void aNestedSubvolumeStaysWithTheOneAroundIt() {
    Mount root = systems.getFirst().mounts().getLast();
    assertThat(root.tree().entries())
        .extracting(entry -> entry.path().toString())
        .contains("/var/cache/entry", "/notes")
        .doesNotContain("/home/alice");
  }

  @Test
  void contentsThatASnapshotSharesWithItsOriginAreSearchedOnce() {
    SearchedContents searched = new SearchedContents();
    List<FsPath> planned =
        systems.stream()
            .flatMap(system -> system.mounts().stream())
            .flatMap(mount ->
                new Planner(
                        mount, ScanBed.rules(ScanBed.TOKEN), Depth.FULL, new SkipLog(), searched)
                    .plan().files().stream().map(file -> mount.onVolume(file.entry().path())))
            .toList();
    // The notes of the origin were written anew after the snapshots were taken.
    assertThat(planned)
        .extracting(FsPath::toString)
        .contains("/root/notes", "/read-only/notes", "/root/unchanged")
        .doesNotContain("/read-only/unchanged", "/writable/unchanged");
    assertThat(searched.shared()).isEqualTo(2);
  }
}
