package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.file.Path;
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
    try (FileDevice device = new FileDevice(TestImages.unpack(name, folder))) {
      ExtFormat format = new ExtFormat();
      assertThat(format.probe(device)).isTrue();
      FileSystemView fs = format.open(device, anomalies);
      assertThat(fs.type()).isEqualTo(type);
      assertThat(fs.label()).isEqualTo(name);
      assertThat(fs.blockSizeBytes()).isEqualTo(blockSizeBytes);
      assertThat(Listing.actual(fs, anomalies, true))
          .containsExactlyElementsOf(Listing.expected(name));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @Test
  void readsADirtyVolumeAsOnDiskAndSaysSo() throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (FileDevice device = new FileDevice(TestImages.unpack("ext-dirty", folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies);
      assertThat(Listing.actual(fs, anomalies, true))
          .containsExactlyElementsOf(Listing.expected("ext-dirty"));
      assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("not replayed"));
      assertThat(fs.notes()).anyMatch(note -> note.startsWith("needs journal recovery"));
    }
    assertThat(anomalies.toList())
        .singleElement()
        .satisfies(a -> assertThat(a.code()).isEqualTo("ext4.journal.needs-recovery"))
        .satisfies(a -> assertThat(a.imageOffset()).isEqualTo(1024 + 0x60));
  }
}
