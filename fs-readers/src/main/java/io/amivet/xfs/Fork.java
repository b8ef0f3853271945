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

  /** {@code enum xfs_dinode_fmt}; the formats that hold contents. */
  enum Format {
    DEV,
    LOCAL,
    EXTENTS,
    BTREE;

    /** The format that {@code di_format} or {@code di_aformat} states, a number from 0 to 3. */
    static Format of(int number) {
      return switch (number) {
        case 0 -> DEV;
        case 1 -> LOCAL;
        case 2 -> EXTENTS;
        case 3 -> BTREE;
        default -> throw new IllegalArgumentException("format " + number);
      };
    }
  }

  /** Whether the contents lie in blocks of the volume. */
  boolean mapped() {
    return format == Format.EXTENTS || format == Format.BTREE;
  }
}
