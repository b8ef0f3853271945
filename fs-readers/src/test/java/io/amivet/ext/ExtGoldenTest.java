package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole images, entry for entry as the kernel showed them. */
final class ExtGoldenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ext-default, ext4, 4096",
    "ext-new, ext4, 1024",
    "ext-ext3, ext3, 1024",
    "ext-ext2, ext2, 1024",
    "ext-not64bit, ext4, 2048",
    "ext-metabg, ext4, 1024",
    "ext-sparse2, ext4, 1024",
    "ext-bigalloc, ext4, 4096",
    "ext-inline, ext4, 4096",
    "ext-htree, ext4, 1024",
    "ext-unwritten, ext4, 1024",
    "ext-xattr, ext4, 4096",
    "ext-linkattr, ext4, 1024",
    "ext-casefold, ext4, 4096",
    "ext-64k, ext4, 65536",
  })
  void showsWhatTheKernelShows(String name, String type, int blockSizeBytes) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage device = new MappedImage(TestImages.unpack(name, folder))) {
      ExtFormat format = new ExtFormat();
      assertThat(format.probe(device)).isTrue();
      FileSystemView fs = format.open(device, anomalies);
      assertThat(fs.type()).isEqualTo(type);
      assertThat(fs.label()).isEqualTo(name);
      assertThat(fs.blockSizeBytes()).isEqualTo(blockSizeBytes);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(tree.complete()).isTrue();
      assertThat(TreeListing.actual(fs, tree, true))
          .containsExactlyElementsOf(TreeListing.expected(name, Set.of()));
      assertThat(fs.staleReason()).isEmpty();
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @Test
  void showsEncryptedNamesAsTheKernelDoesWithoutTheKey() throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage device = new MappedImage(TestImages.unpack("ext-fscrypt", folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(TreeListing.actual(fs, tree, true))
          .containsExactlyElementsOf(TreeListing.expected("ext-fscrypt", Set.of()));
      assertThat(tree.entries())
          .filteredOn(entry -> entry.path().startsWith(FsPath.of("/vault")))
          .filteredOn(entry -> entry.inode().isRegular() || entry.inode().isDirectory())
          .hasSizeGreaterThan(160)
          .allMatch(entry -> entry.inode().encrypted());
      assertThat(fs.notes()).containsExactly("feature encrypt");
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @Test
  void readsADirtyVolumeAsOnDiskIfAskedAndSaysSo() throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage device = new MappedImage(TestImages.unpack("ext-dirty", folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies, JournalMode.AS_ON_DISK);
      assertThat(TreeListing.actual(fs, TreeWalk.walk(fs, anomalies), true))
          .containsExactlyElementsOf(TreeListing.expected("ext-dirty", Set.of()));
      assertThat(fs.journal()).isEqualTo(JournalState.AS_ON_DISK);
      assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("not replayed"));
      assertThat(fs.notes()).anyMatch(note -> note.startsWith("needs journal recovery"));
    }
    assertThat(anomalies.toList())
        .singleElement()
        .satisfies(a -> assertThat(a.code()).isEqualTo("ext4.journal.needs-recovery"))
        .satisfies(a -> assertThat(a.imageOffset()).isEqualTo(1024 + 0x60));
  }
}
