package io.amivet.xfs;

/**
 * Where blocks and inodes lie: the arithmetic of {@code XFS_FSB_TO_DADDR} and {@code
 * XFS_INO_TO_AGBNO} ({@code xfs_format.h}).
 *
 * <p>A file-system block number is not a distance: its upper bits are the allocation group, shifted
 * by {@code agBlockLog}, while a group has {@code agBlocks} blocks, rarely a power of two; and the
 * last group is shorter.
 *
 * @param agBlocks blocks in each allocation group but the last
 * @param agBlockLog {@code sb_agblklog}: bits that a block number inside a group takes
 * @param blocks {@code sb_dblocks}
 */
record Geometry(
    int blockLog, long agBlocks, int agBlockLog, long agCount, long blocks, int inodeLog) {

  int blockSizeBytes() {
    return 1 << blockLog;
  }

  /** What the file system says it fills. */
  long sizeBytes() {
    return blocks << blockLog;
  }

  int inodeSizeBytes() {
    return 1 << inodeLog;
  }

  private int inodesPerBlockLog() {
    return blockLog - inodeLog;
  }

  /** Blocks in group {@code ag}, which must exist. */
  long agLength(long ag) {
    return ag == agCount - 1 ? blocks - ag * agBlocks : agBlocks;
  }

  /** First byte of group {@code ag}. */
  long agOffset(long ag) {
    return (ag * agBlocks) << blockLog;
  }

  /**
   * Byte offset on the volume of {@code count} blocks from file-system block {@code fsb} on, or -1
   * if they do not lie in one allocation group.
   */
  long blockOffset(long fsb, long count) {
    long ag = fsb >>> agBlockLog;
    long block = fsb & ((1L << agBlockLog) - 1);
    if (fsb < 0 || ag >= agCount || count <= 0 || block + count > agLength(ag)) {
      return -1;
    }
    return (ag * agBlocks + block) << blockLog;
  }

  /** Byte offset on the volume of inode {@code number}, or -1 if there cannot be such an inode. */
  long inodeOffset(long number) {
    if (number <= 0) {
      return -1;
    }
    long block = blockOffset(number >>> inodesPerBlockLog(), 1);
    // The first block of a group holds its headers, never inodes.
    if (block < 0 || block == agOffset(number >>> (inodesPerBlockLog() + agBlockLog))) {
      return -1;
    }
    return block + ((number & ((1L << inodesPerBlockLog()) - 1)) << inodeLog);
  }
}
