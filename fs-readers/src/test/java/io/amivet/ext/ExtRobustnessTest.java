package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import io.amivet.testing.WholeRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged metadata gives a result or an {@link IOException}, soon, and never anything else. */
final class ExtRobustnessTest {
  private static final int ROUNDS = 40;
  private static final int FLIPS = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"ext-new", "ext-ext2", "ext-metabg", "ext-inline", "ext-unwritten", "ext-xattr"})
  void survivesFlippedBytes(String name) throws IOException {
    byte[] image = Files.readAllBytes(TestImages.unpack(name, folder));
    int[] interesting = nonZeroPositions(image);
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] damaged = image.clone();
      Random random = new Random(seed);
      for (int i = 0; i < FLIPS; i++) {
        int at = interesting[random.nextInt(interesting.length)];
        damaged[at] = (byte) random.nextInt(256);
      }
      // A few hits on what everything hangs from.
      damaged[1024 + random.nextInt(1024)] ^= (byte) (1 << random.nextInt(8));
      BlockDevice device = new MemoryDevice(name + " seed " + seed, damaged);
      read +=
          Assertions.assertTimeout(
              Duration.ofSeconds(20), () -> WholeRead.of(new ExtFormat(), device));
    }
    assertThat(read).isPositive();
  }

  /** The first megabytes hold all metadata but that of the last groups. */
  private static int[] nonZeroPositions(byte[] image) {
    int[] positions = new int[image.length];
    int count = 0;
    for (int at = 1024; at < image.length; at++) {
      // Text of the files is not metadata; it is all ASCII lines.
      if (image[at] != 0 && (image[at] < ' ' || at % 7 == 0)) {
        positions[count++] = at;
      }
    }
    return Arrays.copyOf(positions, count);
  }
}
