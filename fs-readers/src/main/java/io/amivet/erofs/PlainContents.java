package io.amivet.erofs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Contents that are stored as they read: in one run, with a tail beside the inode, or in chunks.
 */
final class PlainContents {
  private static final long NO_BLOCK = 0xffff_ffffL;
  private static final int CHUNK_BITS_MASK = 0x1f;
  private static final int CHUNK_INDEXES = 0x20;

  /** 4 GiB in the smallest chunks there are; holes do not count. */
  private static final int MAX_EXTENTS = 1 << 20;

  private PlainContents() {}

  static FileContent of(Metadata metadata, DiskInode disk) throws IOException {
    long size = disk.inode().sizeBytes();
    List<Extent> extents =
        switch (disk.layout()) {
          case FLAT_PLAIN -> flat(metadata, disk, size);
          case FLAT_INLINE -> inline(metadata, disk, size);
          default -> chunks(metadata, disk, size);
        };
    return new FileContent.Mapped(size, extents);
  }

  private static List<Extent> flat(Metadata metadata, DiskInode disk, long length)
      throws IOException {
    long raw_blkaddr = disk.union();
    if (length == 0 || raw_blkaddr == NO_BLOCK) {
      return List.of();
    }
    long start = raw_blkaddr << metadata.superblock.blockBits();
    return List.of(extent(metadata, 0, start, length));
  }

  private static List<Extent> inline(Metadata metadata, DiskInode disk, long size)
      throws IOException {
    if (size == 0) {
      return List.of();
    }
    int blockBits = metadata.superblock.blockBits();
    long tailAt = (size - 1) >>> blockBits << blockBits;
    List<Extent> extents = new ArrayList<>(flat(metadata, disk, tailAt));
    long start = disk.end();
    long inBlock = start & ((1L << blockBits) - 1);
    if (inBlock + (size - tailAt) > 1L << blockBits) {
      throw metadata.corrupt(ErofsFault.INODE_INLINE, start, "inode", (size - tailAt) + " bytes");
    }
    extents.add(extent(metadata, tailAt, start, size - tailAt));
    return extents;
  }

  private static Extent extent(Metadata metadata, long fileOffset, long start, long length)
      throws IOException {
    if (!metadata.holds(start, length)) {
      throw metadata.corrupt(ErofsFault.DATA_RANGE, start, "inode", length + " bytes");
    }
    return new Extent(fileOffset, start, length, false);
  }

  /** {@code erofs_inode_chunk_info}: equal pieces, each at its own place or a hole. */
  private static List<Extent> chunks(Metadata metadata, DiskInode disk, long size)
      throws IOException {
    int format = (int) (disk.union() & 0xffff);
    int bits = metadata.superblock.blockBits() + (format & CHUNK_BITS_MASK);
    if ((format & ~(CHUNK_BITS_MASK | CHUNK_INDEXES)) != 0) {
      throw metadata.corrupt(
          ErofsFault.CHUNK_FORMAT, disk.position(), "inode", "0x" + Integer.toHexString(format));
    }
    boolean indexes = (format & CHUNK_INDEXES) != 0;
    int unit = indexes ? 8 : 4;
    long count = size == 0 ? 0 : ((size - 1) >>> bits) + 1;
    long start = (disk.end() + unit - 1) & -unit;
    if (count > metadata.volume.sizeBytes() / unit || !metadata.holds(start, count * unit)) {
      throw metadata.corrupt(ErofsFault.INDEX_RANGE, start, "chunks", count + " chunks");
    }
    List<Extent> extents = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      StructView entry =
          metadata.at("erofs_inode_chunk_index", start + i * unit, unit, ErofsFault.INDEX_RANGE);
      addChunk(metadata, entry, i << bits, Math.min(1L << bits, size - (i << bits)), extents);
    }
    return extents;
  }

  private static void addChunk(
      Metadata metadata, StructView entry, long fileOffset, long length, List<Extent> extents)
      throws IOException {
    boolean index = entry.sizeBytes() == 8;
    long blkaddr = entry.u32le(index ? 4 : 0);
    if (blkaddr == NO_BLOCK) {
      return;
    }
    if (index && (entry.u16le(2) & deviceMask(metadata)) != 0) {
      throw new UnsupportedFeatureException("erofs file", List.of("contents on another device"));
    }
    if (extents.size() >= MAX_EXTENTS) {
      throw entry.corrupt(ErofsFault.CLUSTER_LIMIT, 0, MAX_EXTENTS + " chunks");
    }
    long start = blkaddr << metadata.superblock.blockBits();
    Extent extent = extent(metadata, fileOffset, start, length);
    extents.add(extent);
  }

  /** Bits that can name a device: the others are not for it, as in {@code erofs_map_blocks}. */
  private static int deviceMask(Metadata metadata) {
    int devices = metadata.superblock.deviceCount();
    return devices == 0 ? 0 : (Integer.highestOneBit(devices) << 1) - 1;
  }
}
