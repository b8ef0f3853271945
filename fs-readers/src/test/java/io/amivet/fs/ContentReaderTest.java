package io.amivet.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.MemoryDevice;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentReaderTest {
  private static final byte[] DISK = new byte[1000];

  static {
    new Random(1).nextBytes(DISK);
  }

  /** Data at 0, a hole at 100, an unwritten extent at 200, data at 300, a hole as tail from 350. */
  private static final FileContent MAPPED =
      new FileContent.Mapped(
          420,
          List.of(
              new Extent(0, 500, 100, false),
              new Extent(200, 0, 100, true),
              new Extent(300, 700, 50, false)));

  private static ContentReader reader(FileContent content) {
    return new ContentReader(new MemoryDevice("disk", DISK), content);
  }

  private static byte[] expected() {
    byte[] all = new byte[420];
    System.arraycopy(DISK, 500, all, 0, 100);
    System.arraycopy(DISK, 700, all, 300, 50);
    return all;
  }

  @Test
  void readsHolesAndUnwrittenExtentsAndTheTailAsZeros() throws IOException {
    byte[] dirty = new byte[420];
    Arrays.fill(dirty, (byte) 0x55);
    reader(MAPPED).read(0, MemorySegment.ofArray(dirty));
    assertThat(dirty).isEqualTo(expected());
  }

  @Test
  void readsAnyPieceLikeTheWhole() throws IOException {
    for (int from = 0; from <= 420; from += 7) {
      for (int to = from; to <= 420; to += 11) {
        byte[] piece = new byte[to - from];
        Arrays.fill(piece, (byte) 0x55);
        reader(MAPPED).read(from, MemorySegment.ofArray(piece));
        assertThat(piece).isEqualTo(Arrays.copyOfRange(expected(), from, to));
      }
    }
  }

  @Test
  void neverReadsPastTheSizeThoughTheExtentGoesOn() throws IOException {
    ContentReader reader =
        reader(new FileContent.Mapped(10, List.of(new Extent(0, 500, 100, false))));
    assertThat(reader.readUpTo(1000)).isEqualTo(Arrays.copyOfRange(DISK, 500, 510));
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> reader.read(5, MemorySegment.ofArray(new byte[6])));
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> reader.read(-1, MemorySegment.ofArray(new byte[1])));
  }

  @Test
  void readsInlineContents() throws IOException {
    ContentReader reader = reader(new FileContent.Inline(new byte[] {1, 2, 3}));
    assertThat(reader.readUpTo(2)).containsExactly(1, 2);
    assertThat(reader.stream().readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void streamsTheSameBytesOneByOneAndInPieces() throws IOException {
    assertThat(reader(MAPPED).stream().readAllBytes()).isEqualTo(expected());
    var one = reader(MAPPED).stream();
    for (byte b : expected()) {
      assertThat(one.read()).isEqualTo(b & 0xff);
    }
    assertThat(one.read()).isEqualTo(-1);
    assertThat(one.read(new byte[5], 0, 0)).isZero();
  }
}
