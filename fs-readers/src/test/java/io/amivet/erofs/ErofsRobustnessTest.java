package io.amivet.erofs;

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
class ErofsRobustnessTest {
  private static final int ROUNDS = 25;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"erofs-lz4", "erofs-lz4-big", "erofs-legacy", "erofs-zstd", "erofs-chunks"})
  @Timeout(120)
  void survivesDamageAcrossTheImage(String image) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(image, folder));
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      boolean front = seed % 4 == 0;
      int start = front ? Superblock.OFFSET : 0;
      int end = front ? Superblock.OFFSET + Superblock.SIZE_BYTES : good.length;
      byte[] bad = Mutation.of(good, start, end, front ? 6 : 300, seed);
      if (!front) {
        System.arraycopy(good, Superblock.OFFSET, bad, Superblock.OFFSET, Superblock.SIZE_BYTES);
      }
      read += WholeRead.of(new ErofsFormat(), new MemoryDevice(image + " " + seed, bad));
    }
    assertThat(read).isPositive();
  }

  @Test
  @Timeout(60)
  void survivesBeingCutShortAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("erofs-lzma", folder));
    for (int length = 0; length < good.length; length += length < 2048 ? 64 : 17_001) {
      BlockDevice device = new MemoryDevice("cut at " + length, Arrays.copyOf(good, length));
      if (new ErofsFormat().probe(device)) {
        WholeRead.of(new ErofsFormat(), device);
      }
    }
    assertThat(WholeRead.of(new ErofsFormat(), new MemoryDevice("whole", good))).isGreaterThan(300);
  }
}
