package io.amivet.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final int SECTOR_BYTES = 4096;

  /** LZO1X: a run of literals, which is how long a first byte of 0 lets it be, and the end mark. */
  private static byte[] literals(byte value, int count) {
    ByteBuffer stream = ByteBuffer.allocate(count + 64);
    int rest = count - 18;
    stream.put((byte) 0);
    for (; rest > 255; rest -= 255) {
      stream.put((byte) 0);
    }
    stream.put((byte) rest);
    for (int i = 0; i < count; i++) {
      stream.put(value);
    }
    stream.put(new byte[] {0x11, 0, 0});
    return Arrays.copyOf(stream.array(), stream.position());
  }

  private static byte[] framed(int storedBytes, int statedBytes, byte[] segment) {
    return ByteBuffer.allocate(storedBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(statedBytes)
        .putInt(segment.length)
        .put(segment)
        .array();
  }

  private static byte[] decode(byte[] stored) throws IOException {
    return Decoder.decode(Compression.LZO, stored, SECTOR_BYTES, SECTOR_BYTES, 77);
  }

  @Test
  void whatIsLeftOfASectorBehindTheLastLzoSegmentIsNoSegment() throws IOException {
    byte[] segment = literals((byte) 'x', 4066);
    assertThat(segment).hasSize(SECTOR_BYTES - 2 - 8);
    byte[] decoded = decode(framed(SECTOR_BYTES, SECTOR_BYTES, segment));
    assertThat(decoded).startsWith(new byte[] {'x', 'x'}).endsWith(new byte[30]);
    assertThat(new String(decoded, java.nio.charset.StandardCharsets.US_ASCII).trim())
        .isEqualTo("x".repeat(4066));
  }

  @Test
  void anLzoSegmentThatReachesPastTheWholeIsDamage() {
    byte[] segment = literals((byte) 'x', 100);
    assertThatThrownBy(() -> decode(framed(SECTOR_BYTES, segment.length, segment)))
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(BtrfsFault.COMPRESSED);
              assertThat(e.imageOffset()).isEqualTo(77);
            });
  }

  @Test
  void noiseIsDamageInEveryMethod() {
    byte[] noise = new byte[SECTOR_BYTES];
    Arrays.fill(noise, (byte) 0xa5);
    for (Compression compression :
        new Compression[] {Compression.ZLIB, Compression.LZO, Compression.ZSTD}) {
      assertThatThrownBy(() -> Decoder.decode(compression, noise, SECTOR_BYTES, SECTOR_BYTES, 0))
          .isInstanceOf(CorruptImageException.class)
          .hasMessageContaining(compression.label());
    }
  }
}
