package io.amivet.xfs;

import io.amivet.block.StructView;

/**
 * One of the two forks in the literal area of an inode ({@code XFS_DFORK_PTR}).
 *
 * @param inode number of the inode it belongs to, the owner of its blocks
 * @param extents {@code di_nextents} or {@code di_anextents}
 * @param bytes the fork's part of the inode
 */
record Fork(long inode, Format format, long extents, StructView bytes) {

  /** {@code enum xfs_dinode_fmt}; the order is that of the numbers on disk. */
  enum Format {
    DEV,
    LOCAL,
    EXTENTS,
    BTREE
  }

  /** Whether the contents lie in blocks of the volume. */
  boolean mapped() {
    return format == Format.EXTENTS || format == Format.BTREE;
  }
}
