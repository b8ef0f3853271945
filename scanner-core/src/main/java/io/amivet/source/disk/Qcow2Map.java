package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The two levels of cluster tables of a qcow2 image, "Cluster mapping" in QEMU's
 * docs/interop/qcow2.rst. Entries are looked up in the file one by one, so that neither tables that
 * point to each other nor a disk of exabytes cost anything.
 */
final class Qcow2Map implements DiskMap {
  private static final long OFFSET_MASK = 0x00ff_ffff_ffff_fe00L;
  private static final long COMPRESSED = 1L << 62;
  private static final long ZERO = 1;
  private static final int SECTOR_BYTES = 512;
  private static final int SUBCLUSTER_BITS = 5;

  /** Entries to look at for the end of a hole; the next lookup goes on from there. */
  private static final int MAX_LOOK_AHEAD = 256;

  private final BlockDevice file;
  private final Qcow2Header header;
  private final long clusterBytes;
  private final int l2EntryBytes;

  /** Bits of an offset inside the range that one entry of the first table maps. */
  private final int l1Shift;

  Qcow2Map(BlockDevice file, Qcow2Header header) {
    this.file = file;
    this.header = header;
    this.clusterBytes = 1L << header.clusterBits();
    this.l2EntryBytes = header.extendedL2() ? 2 * Long.BYTES : Long.BYTES;
    this.l1Shift = header.clusterBits() * 2 - (header.extendedL2() ? 4 : 3);
  }

  @Override
  public long sizeBytes() {
    return header.sizeBytes();
  }

  @Override
  public Run runAt(long offset) throws IOException {
    long l1Index = offset >>> l1Shift;
    long l2Table = l2TableOf(l1Index);
    if (l2Table == 0) {
      return new Run.Zeros(unmappedEnd(l1Index) - offset);
    }
    long l2Index = (offset >>> header.clusterBits()) & ((clusterBytes / l2EntryBytes) - 1);
    StructView entry = file.struct("l2_entry", l2Table + l2Index * l2EntryBytes, l2EntryBytes);
    long inCluster = offset & (clusterBytes - 1);
    long descriptor = entry.u64be(0);
    if ((descriptor & COMPRESSED) != 0) {
      return packed(descriptor, inCluster, entry);
    }
    long hostOffset = descriptor & OFFSET_MASK;
    if ((hostOffset & (clusterBytes - 1)) != 0) {
      throw entry.corrupt(DiskFault.ENTRY, 0, "cluster at " + hostOffset);
    }
    return header.extendedL2()
        ? subcluster(hostOffset, inCluster, entry)
        : cluster(descriptor, hostOffset, inCluster);
  }

  /** Where the second table of an entry of the first starts; 0 if it has none. */
  private long l2TableOf(long l1Index) throws IOException {
    StructView entry =
        file.struct("l1_entry", header.l1Offset() + l1Index * Long.BYTES, Long.BYTES);
    long table = entry.u64be(0) & OFFSET_MASK;
    if ((table & (clusterBytes - 1)) != 0) {
      throw entry.corrupt(DiskFault.ENTRY, 0, "l2 table at " + table);
    }
    if (table > file.sizeBytes() - clusterBytes) {
      throw entry.corrupt(DiskFault.TABLE, 0, "l2 table at " + table);
    }
    return table;
  }

  private long unmappedEnd(long l1Index) throws IOException {
    long next = l1Index + 1;
    long limit = Math.min(header.l1Entries(), next + MAX_LOOK_AHEAD);
    while (next < limit && isUnmapped(next)) {
      next++;
    }
    return next == header.l1Entries() ? header.sizeBytes() : next << l1Shift;
  }

  private boolean isUnmapped(long l1Index) throws IOException {
    StructView entry =
        file.struct("l1_entry", header.l1Offset() + l1Index * Long.BYTES, Long.BYTES);
    return (entry.u64be(0) & OFFSET_MASK) == 0;
  }

  private Run cluster(long descriptor, long hostOffset, long inCluster) throws IOException {
    long rest = clusterBytes - inCluster;
    boolean zero = header.version() == 3 && (descriptor & ZERO) != 0;
    return hostOffset == 0 || zero
        ? new Run.Zeros(rest)
        : StoredRuns.at(file, hostOffset + inCluster, rest, "l2_entry");
  }

  /** The lower half of the bitmap says which subclusters are stored, the upper which are zeros. */
  private Run subcluster(long hostOffset, long inCluster, StructView entry) throws IOException {
    long bitmap = entry.u64be(8);
    int subclusterShift = header.clusterBits() - SUBCLUSTER_BITS;
    int index = (int) (inCluster >>> subclusterShift);
    long rest = ((index + 1L) << subclusterShift) - inCluster;
    boolean stored = (bitmap >>> index & 1) != 0;
    boolean zeros = (bitmap >>> (index + 32) & 1) != 0;
    if (stored && (zeros || hostOffset == 0)) {
      throw entry.corrupt(DiskFault.ENTRY, 8, "subcluster " + index + " is stored and is not");
    }
    return stored
        ? StoredRuns.at(file, hostOffset + inCluster, rest, "l2_entry")
        : new Run.Zeros(rest);
  }

  private Run packed(long descriptor, long inCluster, StructView entry) throws IOException {
    int offsetBits = 62 - (header.clusterBits() - 8);
    long hostOffset = descriptor & ((1L << offsetBits) - 1);
    long moreSectors = (descriptor & (COMPRESSED - 1)) >>> offsetBits;
    long packedBytes = (moreSectors + 1) * SECTOR_BYTES - (hostOffset & (SECTOR_BYTES - 1));
    if (hostOffset >= file.sizeBytes()) {
      throw entry.corrupt(DiskFault.TRUNCATED, 0, "compressed cluster at " + hostOffset);
    }
    PackedCluster cluster =
        new PackedCluster(
            file, hostOffset, (int) packedBytes, (int) clusterBytes, header.packing());
    return new Run.Packed(cluster, (int) inCluster, clusterBytes - inCluster);
  }
}
