package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The grain directory and grain tables of one sparse VMDK extent, looked up entry by entry;
 * VMware's "Virtual Disk Format 5.0", "Hosted Sparse Extents" and "Stream-Optimized Compressed
 * Sparse Extents".
 */
final class VmdkSparseMap implements DiskMap {
  private static final int SECTOR_BYTES = VmdkSparseHeader.SECTOR_BYTES;
  private static final int MARKER_BYTES = 12;

  private final BlockDevice file;
  private final VmdkSparseHeader header;
  private final long tableBytes;

  VmdkSparseMap(BlockDevice file, VmdkSparseHeader header) {
    this.file = file;
    this.header = header;
    this.tableBytes = header.grainBytes() * header.tableEntries();
  }

  @Override
  public long sizeBytes() {
    return header.capacityBytes();
  }

  @Override
  public Run runAt(long offset) throws IOException {
    long inTable = offset % tableBytes;
    StructView directoryEntry =
        entry("grain directory", header.directoryOffset(), offset / tableBytes);
    long table = directoryEntry.u32le(0) * SECTOR_BYTES;
    if (table == 0) {
      return new Run.Zeros(tableBytes - inTable);
    }
    if (table > file.sizeBytes() - header.tableEntries() * Integer.BYTES) {
      throw directoryEntry.corrupt(DiskFault.TABLE, 0, "grain table at " + table);
    }
    StructView tableEntry = entry("grain table", table, inTable / header.grainBytes());
    long sector = tableEntry.u32le(0);
    long inGrain = inTable % header.grainBytes();
    long rest = header.grainBytes() - inGrain;
    if (sector == 0 || (sector == 1 && header.zeroGrains())) {
      return new Run.Zeros(rest);
    }
    return header.compressed()
        ? packed(tableEntry, sector * SECTOR_BYTES, offset)
        : StoredRuns.at(file, sector * SECTOR_BYTES + inGrain, rest, "grain table");
  }

  private StructView entry(String name, long table, long index) throws IOException {
    return file.struct(name, table + index * Integer.BYTES, Integer.BYTES);
  }

  /** The last grain may hold no more than the disk needs of it. */
  private Run packed(StructView tableEntry, long at, long offset) throws IOException {
    long grainStart = offset - offset % header.grainBytes();
    long neededBytes = Math.min(header.grainBytes(), header.capacityBytes() - grainStart);
    PackedCluster grain = grain(tableEntry, at, grainStart, (int) neededBytes);
    int inGrain = (int) (offset - grainStart);
    return new Run.Packed(grain, inGrain, neededBytes - inGrain);
  }

  private PackedCluster grain(StructView tableEntry, long at, long grainStart, int neededBytes)
      throws IOException {
    int start = header.markers() ? MARKER_BYTES : 0;
    if (at > file.sizeBytes() - start - 1) {
      throw tableEntry.corrupt(DiskFault.TRUNCATED, 0, "grain at " + at);
    }
    long packedBytes = 2 * header.grainBytes();
    if (header.markers()) {
      StructView marker = file.struct("grain marker", at, MARKER_BYTES);
      long lba = marker.u64le(0);
      packedBytes = marker.u32le(8);
      if (lba != grainStart / SECTOR_BYTES) {
        throw marker.corrupt(DiskFault.ENTRY, 0, "grain of sector " + lba);
      }
      if (packedBytes < 1 || packedBytes > 2 * header.grainBytes()) {
        throw marker.corrupt(DiskFault.ENTRY, 8, packedBytes + " bytes in a grain");
      }
    }
    return new PackedCluster(file, at + start, (int) packedBytes, neededBytes, Packing.ZLIB);
  }
}
