package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Labels, superblocks and tables with bytes changed at random: a listing comes out, and soon. */
class VolumeEditsTest {
  private static final int ROUNDS = 60;
  private static final int MAX_EDITS = 8;
  private static final int[] EXTREMES = {0, 1, -1, 0x7f, 0x80, 0xff};

  /** An image, and where its structures are: first byte and how many. */
  static Stream<Arguments> structures() {
    int sector = 512;
    return Stream.of(
        Arguments.of("lvm-b", 0, 128 << 10),
        Arguments.of("lvm-b", sector, sector),
        Arguments.of("lvm-b", 4096, sector),
        Arguments.of("lvm-a", 4096 * sector, 128 << 10),
        Arguments.of("md-a", (1 << 20) + 4096, 300),
        Arguments.of("md-a", 3 << 20, 300),
        Arguments.of("md-a", (5 << 20) + 4096, 300),
        Arguments.of("md-a", (8 << 20) - 65536, 4096),
        Arguments.of("md-c", (2 << 20) - 8192, 300),
        Arguments.of("vol-gpt", 0, 34 * sector),
        Arguments.of("vol-mbr", 0, sector),
        Arguments.of("vol-mbr", 8192 * sector, sector));
  }

  @ParameterizedTest
  @MethodSource("structures")
  void listsVolumesWhateverTheStructuresSay(String name, int from, int length) throws IOException {
    byte[] sound = DiskImage.of(name).bytes();
    BlockDevice other = DiskImage.of(name.startsWith("md") ? "md-b" : "lvm-a").device();
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] bytes = sound.clone();
      edit(bytes, from, length, new Random(seed));
      BlockDevice edited = new MemoryDevice(name + " seed " + seed, bytes);
      TestTarget target =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10), () -> new TestTarget(edited, other), edited.toString());
      assertThat(target.onDisk(0)).isNotEmpty();
      for (AssembledVolumes.Assembled one : target.volumes.assembled()) {
        readSomeOf(one.volume().device());
      }
    }
  }

  private static void edit(byte[] bytes, int from, int length, Random random) {
    for (int edits = 1 + random.nextInt(MAX_EDITS); edits > 0; edits--) {
      int at = from + random.nextInt(length);
      int room = from + length - at;
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
        case 2 -> Arrays.fill(bytes, at, at + Math.min(room, 8), (byte) 0xff);
        default ->
            System.arraycopy(
                bytes, from + random.nextInt(length), bytes, at, Math.min(room, random.nextInt(8)));
      }
    }
  }

  /** Faults are fine, anything else is not. */
  private static void readSomeOf(BlockDevice device) {
    try {
      for (ByteRange range : device.dataRanges()) {
        assertThat(range.end()).isLessThanOrEqualTo(device.sizeBytes());
      }
      long size = device.sizeBytes();
      for (long at : new long[] {0, size / 2, size - 512}) {
        if (at >= 0 && at + 512 <= size) {
          device.read(at, MemorySegment.ofArray(new byte[512]));
          device.imageOffset(at);
        }
      }
    } catch (IOException fault) {
      assertThat(fault).hasMessageMatching("(?s).+");
    }
  }
}
