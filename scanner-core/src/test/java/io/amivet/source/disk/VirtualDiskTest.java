package io.amivet.source.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.BlockDevice;
import io.amivet.block.BlockDeviceContract;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class VirtualDiskTest extends BlockDeviceContract {
  private static final int CLUSTER_BYTES = 4096;

  /** Clusters of zeros are holes, every third of the others is compressed. */
  @Override
  protected BlockDevice deviceOf(byte[] contents) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int clusters = (contents.length + CLUSTER_BYTES - 1) / CLUSTER_BYTES;
    long[] offsets = new long[clusters];
    int[] packedBytes = new int[clusters];
    for (int i = 0; i < clusters; i++) {
      byte[] cluster = Arrays.copyOfRange(contents, i * CLUSTER_BYTES, (i + 1) * CLUSTER_BYTES);
      boolean zeros = Arrays.equals(cluster, new byte[CLUSTER_BYTES]);
      byte[] stored = i % 3 == 0 ? deflate(cluster) : cluster;
      offsets[i] = zeros ? -1 : file.size();
      packedBytes[i] = i % 3 == 0 ? stored.length : 0;
      file.write(stored, 0, zeros ? 0 : stored.length);
    }
    MemoryDevice stored = new MemoryDevice("stored", file.toByteArray());
    return new VirtualDisk("virtual", new TestMap(stored, contents.length, offsets, packedBytes));
  }

  private static byte[] deflate(byte[] cluster) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(6, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(cluster);
    }
    return packed.toByteArray();
  }

  private record TestMap(BlockDevice file, long sizeBytes, long[] offsets, int[] packedBytes)
      implements DiskMap {
    @Override
    public Run runAt(long offset) throws IOException {
      int index = (int) (offset / CLUSTER_BYTES);
      int skip = (int) (offset % CLUSTER_BYTES);
      long rest = (long) CLUSTER_BYTES - skip;
      if (offsets[index] < 0) {
        return new Run.Zeros(rest);
      }
      return packedBytes[index] == 0
          ? StoredRuns.at(file, offsets[index] + skip, rest, "table")
          : new Run.Packed(
              new PackedCluster(
                  file, offsets[index], packedBytes[index], CLUSTER_BYTES, Packing.DEFLATE),
              skip,
              rest);
    }
  }

  @Test
  void viewsClustersThatLieTogetherWithoutACopy() throws IOException {
    MemoryDevice file = new MemoryDevice("file", new byte[3 * CLUSTER_BYTES]);
    long[] inOrder = {0, CLUSTER_BYTES, 2 * CLUSTER_BYTES};
    long[] swapped = {CLUSTER_BYTES, 0, 2 * CLUSTER_BYTES};
    MemorySegment whole = file.view(100, 9000);
    VirtualDisk together =
        new VirtualDisk("a", new TestMap(file, 3 * CLUSTER_BYTES, inOrder, new int[3]));
    VirtualDisk apart =
        new VirtualDisk("b", new TestMap(file, 3 * CLUSTER_BYTES, swapped, new int[3]));
    assertThat(together.view(100, 9000).asOverlappingSlice(whole)).isPresent();
    assertThat(apart.view(100, 9000).asOverlappingSlice(whole)).isEmpty();
  }

  @Test
  void copiesNoMoreIntoAViewThanMetadataNeeds() {
    MemoryDevice file = new MemoryDevice("file", new byte[CLUSTER_BYTES]);
    VirtualDisk huge =
        new VirtualDisk("huge", new BlockTableMap(file, 1L << 60, 1L << 20, block -> -1));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> huge.view(0, 1L << 40))
        .withMessageContaining("more than fits in memory");
  }

  @Test
  void readsWhatLiesBeforeADamagedCluster() throws IOException {
    byte[] noise = new byte[CLUSTER_BYTES];
    Arrays.fill(noise, (byte) 7);
    MemoryDevice file = new MemoryDevice("file", noise);
    long[] offsets = {0, 1L << 40};
    VirtualDisk disk =
        new VirtualDisk("disk", new TestMap(file, 2 * CLUSTER_BYTES, offsets, new int[2]));
    assertThat(disk.view(0, CLUSTER_BYTES).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(noise);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> disk.view(0, CLUSTER_BYTES + 1))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(DiskFault.TRUNCATED));
    assertThat(disk.dataRanges()).containsExactly(new ByteRange(0, 2 * CLUSTER_BYTES));
  }

  @Test
  void keepsNoMoreClustersThanItsBudget() throws IOException {
    byte[] packed = deflate(new byte[2 << 20]);
    MemoryDevice file = new MemoryDevice("file", packed);
    ClusterCache cache = new ClusterCache();
    PackedCluster first = new PackedCluster(file, 0, packed.length, 2 << 20, Packing.DEFLATE);
    byte[] contents = cache.get(first);
    assertThat(cache.get(first)).isSameAs(contents);
    for (int i = 1; i <= ClusterCache.MAX_BYTES / (2 << 20); i++) {
      // Other sizes make other clusters of the same bytes.
      assertThat(cache.get(new PackedCluster(file, 0, packed.length + i, 2 << 20, Packing.DEFLATE)))
          .hasSize(2 << 20);
    }
    assertThat(cache.get(first)).isNotSameAs(contents);
  }
}
