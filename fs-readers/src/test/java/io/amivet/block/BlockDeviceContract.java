package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link BlockDevice} promises; each implementation inherits these tests. */
public abstract class BlockDeviceContract {
  private static final int SIZE_BYTES = 300_007;

  /** A device that holds exactly {@code contents}; long runs of zeros may be holes. */
  protected abstract BlockDevice deviceOf(byte[] contents) throws IOException;

  /** Noise, a long run of zeros, noise: an odd length, no multiple of any block. */
  protected static byte[] contents() {
    byte[] contents = new byte[SIZE_BYTES];
    new Random(1).nextBytes(contents);
    Arrays.fill(contents, 70_000, 270_000, (byte) 0);
    return contents;
  }

  private static byte[] read(BlockDevice device, long offset, int lengthBytes) throws IOException {
    byte[] target = new byte[lengthBytes];
    device.read(offset, MemorySegment.ofArray(target));
    return target;
  }

  @Test
  public void readsBackEveryByte() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      assertThat(device.sizeBytes()).isEqualTo(SIZE_BYTES);
      assertThat(read(device, 0, SIZE_BYTES)).isEqualTo(contents());
    }
  }

  @Test
  public void readsAndViewsTheSameBytesAtAnyOffset() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      Random random = new Random(2);
      for (int i = 0; i < 300; i++) {
        int offset = random.nextInt(SIZE_BYTES);
        int lengthBytes = random.nextInt(Math.min(9000, SIZE_BYTES - offset) + 1);
        byte[] expected = Arrays.copyOfRange(contents(), offset, offset + lengthBytes);
        assertThat(read(device, offset, lengthBytes)).isEqualTo(expected);
        assertThat(device.view(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  public void findsTheSameBytesAtTheirPlaces() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      Random random = new Random(3);
      for (int i = 0; i < 300; i++) {
        int offset = random.nextInt(SIZE_BYTES);
        int lengthBytes = random.nextInt(Math.min(20_000, SIZE_BYTES - offset) + 1);
        ByteBuffer found = ByteBuffer.allocate(lengthBytes);
        device.places(
            offset,
            lengthBytes,
            (place, at, length) -> {
              try {
                found.put(read(place, at, Math.toIntExact(length)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        assertThat(found.array())
            .isEqualTo(Arrays.copyOfRange(contents(), offset, offset + lengthBytes));
        assertThat(found.hasRemaining()).isFalse();
      }
    }
  }

  @Test
  public void fillsNativeMemoryToo() throws IOException {
    try (BlockDevice device = deviceOf(contents());
        Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(4096);
      device.read(123, target);
      assertThat(target.toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(contents(), 123, 123 + 4096));
    }
  }

  @Test
  public void refusesToReadPastTheEnd() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      for (long offset :
          new long[] {SIZE_BYTES, SIZE_BYTES - 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        assertThatExceptionOfType(EOFException.class)
            .isThrownBy(() -> read(device, offset, 2))
            .withMessageContaining(device.toString());
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> device.view(offset, 2));
      }
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> device.view(1, Long.MAX_VALUE));
      assertThat(read(device, SIZE_BYTES, 0)).isEmpty();
    }
  }

  @Test
  public void listsDataRangesInOrderThatCoverAllThatIsNotZero() throws IOException {
    byte[] contents = contents();
    try (BlockDevice device = deviceOf(contents)) {
      List<ByteRange> ranges = device.dataRanges();
      long end = -1;
      byte[] rest = contents.clone();
      for (ByteRange range : ranges) {
        assertThat(range.offset()).isGreaterThan(end);
        assertThat(range.end()).isLessThanOrEqualTo(SIZE_BYTES);
        end = range.end();
        Arrays.fill(rest, (int) range.offset(), (int) end, (byte) 0);
      }
      assertThat(rest).isEqualTo(new byte[SIZE_BYTES]);
    }
  }

  @Test
  public void servesManyThreadsAtOnce() throws Exception {
    byte[] contents = contents();
    try (BlockDevice device = deviceOf(contents);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> reads =
          new Random(3)
              .ints(64, 0, SIZE_BYTES - 5000)
              .mapToObj(offset -> threads.submit(() -> readWithOffset(device, offset)))
              .toList();
      for (Future<byte[]> future : reads) {
        byte[] answer = future.get();
        int offset = ByteBuffer.wrap(answer, 5000, 4).getInt();
        assertThat(Arrays.copyOf(answer, 5000))
            .isEqualTo(Arrays.copyOfRange(contents, offset, offset + 5000));
      }
    }
  }

  private static byte[] readWithOffset(BlockDevice device, int offset) throws IOException {
    byte[] answer = Arrays.copyOf(read(device, offset, 5000), 5004);
    ByteBuffer.wrap(answer, 5000, 4).putInt(offset);
    return answer;
  }

  @Test
  public void toleratesAnyPrefetch() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      device.prefetch(List.of(new ByteRange(0, 10), new ByteRange(5, SIZE_BYTES - 5)));
      device.prefetch(List.of());
      assertThat(read(device, 5, 5)).isEqualTo(Arrays.copyOfRange(contents(), 5, 10));
    }
  }

  @Test
  public void namesItself() throws IOException {
    try (BlockDevice device = deviceOf(contents())) {
      assertThat(device.toString()).isNotBlank().doesNotContain("@");
    }
  }

  @Test
  public void mayBeEmpty() throws IOException {
    try (BlockDevice device = deviceOf(new byte[0])) {
      assertThat(device.sizeBytes()).isZero();
      assertThat(device.dataRanges()).isEmpty();
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(device, 0, 1));
    }
  }
}
