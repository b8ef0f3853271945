package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import io.amivet.testing.WholeRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged metadata gives a result or an IOException, soon, and never anything else. */
class XfsRobustnessTest {
  private static final int BLOCK_BYTES = 512;
  private static final int ROUNDS = 40;
  private static final int SPLICE_ROUNDS = 25;
  private static final int SPLICES = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"xfs-default", "xfs-b1024", "xfs-nrext64", "xfs-v4-b512"})
  @Timeout(120)
  void survivesFlippedBytesAcrossTheMetadata(String image) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(image, folder));
    List<Integer> blocks = metadataBlocks(good);
    assertThat(blocks).hasSizeGreaterThan(20);
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] bad = good.clone();
      Random random = new Random(seed);
      for (int block : blocks) {
        if (random.nextInt(4) == 0) {
          bad[block + random.nextInt(BLOCK_BYTES)] = (byte) random.nextInt();
        }
      }
      if (seed % 4 != 0) {
        // Most rounds keep the superblocks, so that what lies below is reached.
        System.arraycopy(good, 0, bad, 0, BLOCK_BYTES);
      }
      read += WholeRead.of(new XfsFormat(), new MemoryDevice(image + " seed " + seed, bad));
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xfs-default", "xfs-al2023", "xfs-b1024", "xfs-v4-ftype", "xfs-log-rmapbt"})
  @Timeout(120)
  void survivesMetadataThatIsZeroedCopiedAndSpliced(String image) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(image, folder));
    List<Integer> blocks = metadataBlocks(good);
    int read = 0;
    for (int seed = 0; seed < SPLICE_ROUNDS; seed++) {
      byte[] bad = good.clone();
      Random random = new Random(seed);
      for (int i = 0; i < SPLICES; i++) {
        splice(bad, blocks, random);
      }
      if (seed % 4 != 0) {
        System.arraycopy(good, 0, bad, 0, BLOCK_BYTES);
      }
      read += WholeRead.of(new XfsFormat(), new MemoryDevice(image + " seed " + seed, bad));
    }
    assertThat(read).isPositive();
  }

  /** Puts zeros, ones, a part of another block or all of another block where metadata was. */
  private static void splice(byte[] bad, List<Integer> blocks, Random random) {
    int block = blocks.get(random.nextInt(blocks.size()));
    int other = blocks.get(random.nextInt(blocks.size()));
    int at = block + 8 * random.nextInt(BLOCK_BYTES / 8);
    int length = 8 * (1 + random.nextInt(16));
    length = Math.min(length, block + BLOCK_BYTES - at);
    switch (random.nextInt(5)) {
      case 0 -> Arrays.fill(bad, at, at + length, (byte) 0);
      case 1 -> Arrays.fill(bad, at, at + length, (byte) 0xff);
      case 2 -> System.arraycopy(bad, other + at - block, bad, at, length);
      case 3 -> System.arraycopy(bad, other, bad, block, BLOCK_BYTES);
      default -> System.arraycopy(bad, other, bad, at, length);
    }
  }

  /** Every block that starts like metadata of any kind, and those after it that belong to it. */
  private static List<Integer> metadataBlocks(byte[] image) {
    List<Integer> blocks = new ArrayList<>();
    for (int at = 0; at < image.length; at += BLOCK_BYTES) {
      boolean letters = image[at] >= 'A' && image[at] <= 'X' && image[at + 1] >= '3';
      boolean attribute = (image[at + 8] & 0xff) == 0x3b || (image[at + 8] & 0xff) == 0xfb;
      if ((letters && image[at + 1] <= 'X') || attribute) {
        blocks.add(at);
      }
    }
    return blocks;
  }

  @Test
  @Timeout(60)
  void survivesBeingCutShortAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("xfs-v4-b512", folder));
    for (int length = 0; length < good.length; length += length < 2048 ? 64 : 700_001) {
      byte[] part = Arrays.copyOf(good, length);
      BlockDevice device = new MemoryDevice("cut at " + length, part);
      if (new XfsFormat().probe(device)) {
        WholeRead.of(new XfsFormat(), device);
      }
    }
    assertThat(WholeRead.of(new XfsFormat(), new MemoryDevice("whole", good))).isGreaterThan(600);
  }
}
