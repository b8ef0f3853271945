package io.amivet.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.block.OverlayDevice;
import io.amivet.block.Patch;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.WholeRead;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
class BtrfsRobustnessTest {
  private static final int ROUNDS = 30;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"btrfs-default", "btrfs-n4k", "btrfs-subvolumes", "btrfs-zlib", "btrfs-raid1"})
  @Timeout(120)
  void survivesMutatedMetadata(String image) throws IOException {
    try (MappedImage good = new MappedImage(TestImages.unpack(image, folder))) {
      Superblock superblock = SuperblockSearch.find(good, new AnomalyLog());
      List<byte[]> nodes = new ArrayList<>();
      List<Long> places = new ArrayList<>();
      collectNodes(good, superblock, nodes, places);
      assertThat(nodes).hasSizeGreaterThan(8);
      int read = 0;
      for (int seed = 0; seed < ROUNDS; seed++) {
        List<Patch> patches = mutate(new Random(seed), superblock, nodes, places);
        read +=
            WholeRead.of(new BtrfsFormat(), new OverlayDevice(good, patches, "mutation " + seed));
      }
      assertThat(read).isPositive();
    }
  }

  private static void collectNodes(
      BlockDevice image, Superblock superblock, List<byte[]> nodes, List<Long> places)
      throws IOException {
    int nodeBytes = superblock.nodeBytes();
    for (long at = 1 << 20; at <= image.sizeBytes() - nodeBytes; at += 4096) {
      if (Superblock.uuid(image.struct("btrfs_header", at, nodeBytes), 32)
          .equals(superblock.metadataUuid())) {
        nodes.add(image.view(at, nodeBytes).toArray(ValueLayout.JAVA_BYTE));
        places.add(at);
        at += nodeBytes - 4096;
      }
    }
  }

  /** One node in four is damaged; in half of the rounds its checksum says that it is not. */
  private static List<Patch> mutate(
      Random random, Superblock superblock, List<byte[]> nodes, List<Long> places) {
    boolean sealed = random.nextBoolean();
    List<Patch> patches = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (random.nextInt(4) == 0) {
        byte[] bad = nodes.get(i).clone();
        damage(random, bad, nodes.get(random.nextInt(nodes.size())));
        if (sealed) {
          seal(superblock.checksumType(), bad);
        }
        patches.add(Patch.of(places.get(i), bad));
      }
    }
    return patches;
  }

  private static void damage(Random random, byte[] node, byte[] other) {
    // Most of what matters stands at the front: header, keys, and where items are.
    int at = 64 + random.nextInt(random.nextBoolean() ? 512 : node.length - 64);
    int length = Math.min(1 << random.nextInt(8), node.length - at);
    switch (random.nextInt(4)) {
      case 0 -> node[at] = (byte) random.nextInt();
      case 1 -> Arrays.fill(node, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
      case 2 -> System.arraycopy(node, random.nextInt(node.length - length), node, at, length);
      default -> System.arraycopy(other, at, node, at, length);
    }
  }

  private static void seal(ChecksumType type, byte[] block) {
    byte[] sum = type.of(MemorySegment.ofArray(block).asSlice(ChecksumType.FIELD_BYTES));
    System.arraycopy(sum, 0, block, 0, sum.length);
  }

  @Test
  @Timeout(60)
  void survivesAMutatedSuperblock() throws IOException {
    try (MappedImage good = new MappedImage(TestImages.unpack("btrfs-n4k", folder))) {
      long at = SuperblockSearch.OFFSETS[0];
      byte[] whole = good.view(at, Superblock.SIZE_BYTES).toArray(ValueLayout.JAVA_BYTE);
      for (int seed = 0; seed < 200; seed++) {
        Random random = new Random(seed);
        byte[] bad = whole.clone();
        bad[0x48 + random.nextInt(0x90)] = (byte) random.nextInt();
        bad[0x32b + random.nextInt(200)] = (byte) random.nextInt();
        if (seed % 2 == 0) {
          seal(ChecksumType.CRC32C, bad);
        }
        WholeRead.of(
            new BtrfsFormat(), new OverlayDevice(good, List.of(Patch.of(at, bad)), "seed " + seed));
      }
      assertThat(WholeRead.of(new BtrfsFormat(), good)).isGreaterThan(1000);
    }
  }

  @Test
  @Timeout(60)
  void survivesBeingCutShortAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack("btrfs-zlib", folder));
    for (int length = 0; length < good.length; length += 700_001) {
      BlockDevice device = new MemoryDevice("cut at " + length, Arrays.copyOf(good, length));
      if (new BtrfsFormat().probe(device)) {
        WholeRead.of(new BtrfsFormat(), device);
      }
    }
    assertThat(WholeRead.of(new BtrfsFormat(), new MemoryDevice("whole", good))).isGreaterThan(5);
  }
}
