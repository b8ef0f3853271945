package io.amivet.fat;

import io.amivet.block.ByteRange;
import io.amivet.fs.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows chains of clusters: those of files to their length, those of directories to the end. */
final class ClusterChain {
  /** A file of 4 GiB in which no cluster of 4 KiB follows the one before it. */
  private static final int MAX_EXTENTS = 1 << 20;

  /** {@code FAT_MAX_DIR_SIZE}: 65536 entries. */
  private static final int MAX_DIRECTORY_BYTES = 65536 * 32;

  private final AllocationTable table;
  private final BootSector boot;

  ClusterChain(AllocationTable table) {
    this.table = table;
    this.boot = table.boot();
  }

  /** Where a file's bytes lie; a chain that ends before them is a fault. */
  List<Extent> file(long first, long sizeBytes) throws IOException {
    List<Extent> extents = new ArrayList<>();
    AllocationTable.Cursor cursor = table.cursor();
    long cluster = first;
    long runStart = first;
    long runBytes = 0;
    long at = 0;
    while (at < sizeBytes) {
      check(cluster, first);
      at += boot.clusterBytes();
      runBytes += boot.clusterBytes();
      long next = at < sizeBytes ? cursor.next(cluster) : AllocationTable.END;
      if (next != cluster + 1) {
        if (extents.size() >= MAX_EXTENTS) {
          throw table.corrupt(FatFault.CHAIN_LIMIT, first);
        }
        long length = Math.min(runBytes, sizeBytes - (at - runBytes));
        extents.add(new Extent(at - runBytes, boot.clusterStart(runStart), length, false));
        runStart = next;
        runBytes = 0;
      }
      cluster = next;
    }
    return extents;
  }

  private void check(long cluster, long first) throws IOException {
    if (cluster == AllocationTable.END) {
      throw table.corrupt(FatFault.CHAIN_SHORT, first);
    }
    if (!boot.isCluster(cluster)) {
      throw table.corrupt(FatFault.CHAIN_BROKEN, first);
    }
  }

  /**
   * What a directory's chain gives.
   *
   * @param complete false if it was cut by damage
   */
  record DirectoryClusters(List<ByteRange> ranges, boolean complete) {}

  /** The clusters of a directory up to the end of its chain, or to where it is damaged. */
  DirectoryClusters directory(long first) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    AllocationTable.Cursor cursor = table.cursor();
    long bytes = 0;
    for (long cluster = first; cluster != AllocationTable.END; cluster = cursor.next(cluster)) {
      FatFault fault = null;
      if (!boot.isCluster(cluster)) {
        fault = FatFault.CHAIN_BROKEN;
      } else if (!seen.add(cluster)) {
        fault = FatFault.CHAIN_LOOP;
      } else if (bytes >= MAX_DIRECTORY_BYTES) {
        fault = FatFault.DIRECTORY_LIMIT;
      }
      if (fault != null) {
        table.anomalies().add(table.corrupt(fault, first));
        return new DirectoryClusters(ranges, false);
      }
      ranges.add(new ByteRange(boot.clusterStart(cluster), boot.clusterBytes()));
      bytes += boot.clusterBytes();
    }
    return new DirectoryClusters(ranges, true);
  }
}
