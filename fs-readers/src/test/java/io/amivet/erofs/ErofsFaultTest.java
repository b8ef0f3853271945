package io.amivet.erofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileSystemView;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One damaged field each. */
class ErofsFaultTest {
  private static final int SB = Superblock.OFFSET;

  @TempDir Path folder;
  private final AnomalyLog anomalies = new AnomalyLog();
  private byte[] bytes = new byte[0];
  private ByteBuffer image = ByteBuffer.allocate(0);

  @BeforeEach
  void unpack() throws IOException {
    bytes = Files.readAllBytes(TestImages.unpack("erofs-lz4", folder));
    image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private FileSystemView open() throws IOException {
    return new ErofsFormat().open(new MemoryDevice("image", bytes), anomalies);
  }

  private void assertFault(ErofsFault fault, long offset) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.imageOffset()).isEqualTo(offset);
            });
  }

  @Test
  void refusesFeaturesByName() {
    image.putInt(SB + 80, 0x80 | 0x100 | 0x4000);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContainingAll("48bit", "metabox", "incompat 0x4000");
  }

  @Test
  void rejectsAnImpossibleBlockSize() {
    bytes[SB + 12] = 20;
    assertFault(ErofsFault.SUPERBLOCK_BLOCK_SIZE, SB + 12);
  }

  @Test
  void rejectsARootOutsideTheVolume() {
    image.putInt(SB + 40, 0x00ff_ffff);
    assertFault(ErofsFault.INODE_RANGE, 0);
  }

  @Test
  void notesAChecksumThatDoesNotMatch() throws IOException {
    bytes[SB + 4] ^= 1;
    assertThat(open().label()).isEqualTo("amivet");
    assertThat(anomalies.toList())
        .extracting(Anomaly::code)
        .containsExactly(ErofsFault.SUPERBLOCK_CHECKSUM.code());
  }

  @Test
  void readsLabelAndUuid() throws IOException {
    FileSystemView fs = open();
    assertThat(fs.label()).isEqualTo("amivet");
    assertThat(fs.uuid()).isEqualTo("5a17c0de-0000-4000-8000-0000000e7000");
    assertThat(anomalies.toList()).isEmpty();
  }
}
