package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.BitSet;

/**
 * Changed parts of one buffer of metadata, {@code struct xfs_buf_log_format} of {@code
 * xfs_log_format.h}: a bit for each 128 bytes, and a region for each run of set bits.
 *
 * @param offset where the buffer lies on the volume
 * @param dirty the changed chunks
 */
record BufferItem(LogItem item, int flags, long offset, int lengthBytes, BitSet dirty) {
  static final int CHUNK_BYTES = 128;

  private static final int INODES = 1 << 0;
  private static final int CANCEL = 1 << 1;
  private static final int QUOTA = 1 << 2 | 1 << 3 | 1 << 4;
  private static final int MAP_OFFSET = 20;

  /** What {@code XFS_BLF_DATAMAP_SIZE} words stand for: the largest directory block. */
  private static final int MAX_BYTES = 65536;

  static BufferItem parse(LogItem item) throws IOException {
    StructView blf = item.region(0);
    if (!blf.holds(0, MAP_OFFSET)) {
      throw blf.corrupt(XfsFault.LOG_ITEM, 0, "buffer format of " + blf.sizeBytes() + " bytes");
    }
    int blf_flags = blf.u16le(4);
    int blf_len = blf.u16le(6);
    long blf_blkno = blf.u64le(8);
    long blf_map_size = blf.u32le(16);
    int length = blf_len * LogRing.BLOCK_BYTES;
    if (blf_blkno < 0 || blf_blkno > Long.MAX_VALUE >> 10 || length == 0 || length > MAX_BYTES) {
      throw blf.corrupt(XfsFault.LOG_ITEM, 8, blf_len + " blocks at " + blf_blkno);
    }
    if (!blf.holds(MAP_OFFSET, blf_map_size * 4)
        || blf_map_size > MAX_BYTES / CHUNK_BYTES / Integer.SIZE) {
      throw blf.corrupt(XfsFault.LOG_ITEM, 16, blf_map_size + " words");
    }
    BitSet dirty = BitSet.valueOf(blf.bytes(MAP_OFFSET, (int) blf_map_size * 4));
    return new BufferItem(item, blf_flags, blf_blkno * LogRing.BLOCK_BYTES, length, dirty);
  }

  /** It says that the buffer is given up, and holds nothing. */
  boolean isCancel() {
    return (flags & CANCEL) != 0;
  }

  /** Of the inodes in the buffer only the list of unlinked ones counts. */
  boolean isInodes() {
    return (flags & INODES) != 0;
  }

  boolean isQuota() {
    return (flags & QUOTA) != 0;
  }

  /** Where the changed parts go. */
  interface Target {
    void write(long offset, byte[] bytes) throws IOException;
  }

  /** Writes the changed parts of the buffer ({@code xlog_recover_do_reg_buffer}). */
  void writeTo(Target target) throws IOException {
    int region = 1;
    int bit = dirty.nextSetBit(0);
    while (bit >= 0) {
      if (region >= item.size()) {
        throw item.region(0).corrupt(XfsFault.LOG_ITEM, 2, region + " regions are too few");
      }
      StructView part = item.region(region++);
      // A run of bits may be two regions, where the buffer's memory was not contiguous.
      int bits = Math.min(dirty.nextClearBit(bit) - bit, part.sizeBytes() / CHUNK_BYTES);
      int at = bit * CHUNK_BYTES;
      if (bits == 0 || bits * CHUNK_BYTES > lengthBytes - at) {
        throw part.corrupt(XfsFault.LOG_ITEM, 0, part.sizeBytes() + " bytes at chunk " + bit);
      }
      target.write(offset + at, part.bytes(0, bits * CHUNK_BYTES));
      bit = dirty.nextSetBit(bit + bits);
    }
  }
}
