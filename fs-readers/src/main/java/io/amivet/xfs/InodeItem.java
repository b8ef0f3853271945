package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * A changed inode, {@code struct xfs_inode_log_format} of {@code xfs_log_format.h}, or {@code
 * xfs_inode_log_format_32} as 32-bit machines once wrote it: the core, and whichever fork changed.
 *
 * @param fields {@code XFS_ILOG_*}: what is logged
 * @param offset where the inode lies on the volume
 * @param bufferOffset the buffer it lies in
 */
record InodeItem(
    LogItem item,
    int fields,
    long number,
    long device,
    long offset,
    long bufferOffset,
    int bufferBytes) {
  static final int DATA_LOCAL = 0x002;
  static final int DATA_EXTENTS = 0x004;
  static final int DATA_TREE = 0x008;
  static final int DEVICE = 0x010;
  static final int ATTRIBUTE_LOCAL = 0x040;
  static final int ATTRIBUTE_EXTENTS = 0x080;
  static final int ATTRIBUTE_TREE = 0x100;

  private static final int DATA = DATA_LOCAL | DATA_EXTENTS | DATA_TREE;
  private static final int ATTRIBUTES = ATTRIBUTE_LOCAL | ATTRIBUTE_EXTENTS | ATTRIBUTE_TREE;
  private static final int FORMAT_BYTES = 56;
  private static final int FORMAT_BYTES_32_BIT = 52;
  private static final int MAX_BUFFER_BLOCKS = 1 << 10;

  static InodeItem parse(LogItem item) throws IOException {
    StructView ilf = item.region(0);
    // Without padding before the number all fields from there on lie four bytes lower.
    int shift =
        switch (ilf.sizeBytes()) {
          case FORMAT_BYTES -> 0;
          case FORMAT_BYTES_32_BIT -> 4;
          default -> throw ilf.corrupt(XfsFault.LOG_ITEM, 0, "inode format of odd size");
        };
    long ilf_ino = ilf.u64le(16 - shift);
    long ilf_blkno = ilf.u64le(40 - shift);
    long ilf_len = ilf.u32le(48 - shift);
    long ilf_boffset = ilf.u32le(52 - shift);
    long bytes = ilf_len * LogRing.BLOCK_BYTES;
    if (ilf_blkno < 0
        || ilf_blkno > Long.MAX_VALUE >> 10
        || ilf_len > MAX_BUFFER_BLOCKS
        || ilf_boffset >= bytes
        || item.size() < 2) {
      throw ilf.corrupt(XfsFault.LOG_ITEM, 16, "inode " + Long.toUnsignedString(ilf_ino));
    }
    long buffer = ilf_blkno * LogRing.BLOCK_BYTES;
    return new InodeItem(
        item,
        (int) ilf.u32le(4),
        ilf_ino,
        ilf.u32le(24 - shift),
        buffer + ilf_boffset,
        buffer,
        (int) bytes);
  }

  /** The core, {@code struct xfs_log_dinode}. */
  StructView core() {
    return item.region(1);
  }

  boolean has(int field) {
    return (fields & field) != 0;
  }

  boolean hasData() {
    return has(DATA) && item.size() > 2;
  }

  boolean hasAttributes() {
    return has(ATTRIBUTES) && item.size() > attributeRegion();
  }

  /** The data fork, if it {@link #hasData}. */
  StructView data() {
    return item.region(2);
  }

  /** The attribute fork, if it {@link #hasAttributes}. */
  StructView attributes() {
    return item.region(attributeRegion());
  }

  private int attributeRegion() {
    return has(DATA) ? 3 : 2;
  }
}
