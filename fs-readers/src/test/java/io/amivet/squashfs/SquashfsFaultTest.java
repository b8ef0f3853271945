package io.amivet.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One damaged field each, in an image whose metadata is stored as it is. */
class SquashfsFaultTest {
  @TempDir Path folder;
  private final AnomalyLog anomalies = new AnomalyLog();
  private byte[] bytes = new byte[0];
  private ByteBuffer image = ByteBuffer.allocate(0);

  @BeforeEach
  void unpack() throws IOException {
    bytes = Files.readAllBytes(TestImages.unpack("squashfs-stored", folder));
    image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private FileSystemView open() throws IOException {
    return new SquashfsFormat().open(new MemoryDevice("image", bytes), anomalies);
  }

  private void assertFault(SquashfsFault fault, long offset) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.imageOffset()).isEqualTo(offset);
            });
  }

  @Test
  void refusesOtherVersionsAndCompressorsByName() {
    image.putShort(28, (short) 3).putShort(30, (short) 1);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("version 3.1");
    image.putShort(28, (short) 4).putShort(30, (short) 0).putShort(20, (short) 9);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("compressor 9");
    image.putInt(0, 0x68737173);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("big-endian");
  }

  @Test
  void rejectsABlockSizeThatItsLogarithmContradicts() {
    image.putShort(22, (short) 16);
    assertFault(SquashfsFault.SUPERBLOCK_BLOCK_SIZE, 12);
  }

  @Test
  void rejectsATableOutsideTheFileSystem() {
    image.putLong(64, bytes.length + 1L);
    assertFault(SquashfsFault.SUPERBLOCK_TABLE, 64);
  }

  @Test
  void saysThatAVolumeIsCutShortAndReadsWhatIsThere() throws IOException {
    // The last 4 KiB are padding; the stated size is not.
    image.putLong(40, bytes.length + 4096L);
    assertThat(open().notes()).contains("file system is cut short");
    assertThat(anomalies.toList())
        .extracting(Anomaly::code)
        .containsExactly(SquashfsFault.VOLUME_TRUNCATED.code());
  }

  @Test
  void keepsTheNamesBeforeADamagedRun() throws IOException {
    byte[] name = "file-200-".getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (!Arrays.equals(Arrays.copyOfRange(bytes, at, at + name.length), name)) {
      at++;
    }
    bytes[at + 2] = 0;
    FileTree tree = TreeWalk.walk(open(), anomalies);
    assertThat(tree.complete()).isFalse();
    assertThat(tree.entries()).hasSizeGreaterThan(300);
    assertThat(anomalies.toList())
        .extracting(Anomaly::code)
        .contains(SquashfsFault.DIRECTORY_NAME.code());
  }

  @Test
  void findsWhatLiesBehindTheFileSystem() throws IOException {
    assertThat(open().freeRanges())
        .allSatisfy(range -> assertThat(range.end()).isEqualTo(bytes.length));
  }
}
