package io.amivet.squashfs;

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
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged metadata gives a result or an IOException, soon, and never anything else. */
class SquashfsRobustnessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"squashfs-stored, 100", "squashfs-gzip, 15", "squashfs-lzo, 15", "squashfs-zstd, 15"})
  @Timeout(120)
  void survivesDamageAcrossTheMetadata(String image, int rounds) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(image, folder));
    Superblock sb =
        Superblock.parse(new MemoryDevice(image, good).struct("sb", 0, Superblock.SIZE_BYTES));
    int read = 0;
    for (int seed = 0; seed < rounds; seed++) {
      boolean front = seed % 4 == 0;
      int start = front ? 0 : (int) sb.inodeTable();
      int end = front ? Superblock.SIZE_BYTES : (int) sb.bytesUsed();
      byte[] bad = Mutation.of(good, start, end, 6, seed);
      read += WholeRead.of(new SquashfsFormat(), new MemoryDevice(image + " " + seed, bad));
    }
    assertThat(read).isPositive();
  }

  @Test
  @Timeout(60)
  void survivesDamageToTheBlocksOfFiles() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("squashfs-lz4", folder));
    for (int seed = 0; seed < 10; seed++) {
      byte[] bad = Mutation.of(good, Superblock.SIZE_BYTES, good.length / 2, 6, seed);
      assertThat(WholeRead.of(new SquashfsFormat(), new MemoryDevice("seed " + seed, bad)))
          .isGreaterThan(300);
    }
  }

  @Test
  @Timeout(60)
  void survivesBeingCutShortAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("squashfs-stored", folder));
    for (int length = 0; length < good.length; length += length < 128 ? 16 : 37_001) {
      BlockDevice device = new MemoryDevice("cut at " + length, Arrays.copyOf(good, length));
      if (new SquashfsFormat().probe(device)) {
        WholeRead.of(new SquashfsFormat(), device);
      }
    }
    assertThat(WholeRead.of(new SquashfsFormat(), new MemoryDevice("whole", good)))
        .isGreaterThan(300);
  }
}
