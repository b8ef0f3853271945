package io.amivet.fat;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import io.amivet.testing.Mutation;
import io.amivet.testing.WholeRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged metadata gives a result or an IOException, soon, and never anything else. */
class FatRobustnessTest {
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fat-12", "fat-16"})
  @Timeout(120)
  void survivesDamageAcrossTheMetadata(String image) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(image, folder));
    BootSector boot =
        BootSector.parse(new MemoryDevice(image, good).struct("boot", 0, BootSector.SIZE_BYTES));
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      boolean front = seed % 5 == 0;
      int start = front ? 11 : (int) boot.tableStart();
      int end = front ? 48 : (int) boot.dataStart() + (64 << 10);
      byte[] bad = Mutation.of(good, start, end, front ? 4 : 80, seed);
      BlockDevice device = new MemoryDevice(image + " " + seed, bad);
      if (new FatFormat().probe(device)) {
        read += WholeRead.of(new FatFormat(), device);
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  @Timeout(60)
  void survivesBeingCutShortAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("fat-12", folder));
    for (int length = 0; length < good.length; length += length < 1024 ? 128 : 40_001) {
      BlockDevice device = new MemoryDevice("cut at " + length, Arrays.copyOf(good, length));
      if (new FatFormat().probe(device)) {
        WholeRead.of(new FatFormat(), device);
      }
    }
    assertThat(WholeRead.of(new FatFormat(), new MemoryDevice("whole", good))).isGreaterThan(150);
  }
}
