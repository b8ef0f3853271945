package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;

/**
 * The numbers of an {@code ext4_super_block} that say where things lie. Checked like {@code
 * ext4_fill_super} does.
 *
 * @param blocksPerCluster 1 without bigalloc; bitmaps count clusters, everything else blocks
 */
record Geometry(
    int blockSizeBytes,
    long blocksCount,
    long firstDataBlock,
    long blocksPerGroup,
    long clustersPerGroup,
    long blocksPerCluster,
    long inodesCount,
    long inodesPerGroup,
    int inodeSizeBytes,
    int descSizeBytes,
    int groupCount) {
  private static final int GOOD_OLD_INODE_SIZE_BYTES = 128;
  private static final int MAX_LOG_BLOCK_SIZE = 6;
  private static final int MAX_LOG_CLUSTER_SIZE = 20;
  private static final int MIN_DESC_SIZE_BYTES = 32;
  private static final int MIN_DESC_SIZE_64BIT_BYTES = 64;
  private static final int MAX_DESC_SIZE_BYTES = 1024;

  /** Twice what 64 TiB of 4 KiB blocks need; bounds memory. */
  private static final int MAX_GROUPS = 1 << 21;

  static Geometry parse(StructView sb, FeatureSet features) throws CorruptImageException {
    long s_log_block_size = sb.u32le(0x18);
    if (s_log_block_size > MAX_LOG_BLOCK_SIZE) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_BLOCK_SIZE, 0x18, "2^(10+" + s_log_block_size + ")");
    }
    int blockSizeBytes = 1024 << s_log_block_size;
    long blocksPerCluster = blocksPerCluster(sb, features, s_log_block_size);
    long clustersPerGroup = clustersPerGroup(sb, features, blockSizeBytes);
    long blocksPerGroup = blocksPerGroup(sb, clustersPerGroup, blocksPerCluster);
    long firstDataBlock = sb.u32le(0x14);
    long blocksCount = blocksCount(sb, features, blockSizeBytes);
    if (firstDataBlock > 1 || firstDataBlock >= blocksCount) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_FIRST_BLOCK, 0x14, "block " + firstDataBlock);
    }
    int inodeSizeBytes = inodeSizeBytes(sb, blockSizeBytes);
    long groups = (blocksCount - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup;
    if (groups > MAX_GROUPS) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_GROUPS, 0x20, groups + " groups");
    }
    return new Geometry(
        blockSizeBytes,
        blocksCount,
        firstDataBlock,
        blocksPerGroup,
        clustersPerGroup,
        blocksPerCluster,
        sb.u32le(0x0),
        inodesPerGroup(sb, blockSizeBytes, inodeSizeBytes),
        inodeSizeBytes,
        descSizeBytes(sb, features, blockSizeBytes),
        (int) groups);
  }

  /** What the file system says it fills. */
  long sizeBytes() {
    return blocksCount * blockSizeBytes;
  }

  private static long blocksCount(StructView sb, FeatureSet features, int blockSizeBytes)
      throws CorruptImageException {
    long s_blocks_count_lo = sb.u32le(0x4);
    long s_blocks_count_hi = features.has(Feature.SIXTY_FOUR_BIT) ? sb.u32le(0x150) : 0;
    long blocks = (s_blocks_count_hi << 32) | s_blocks_count_lo;
    // 48 bits of block number is all that extents can express.
    if (blocks <= 0 || blocks >>> 48 != 0 || blocks > Long.MAX_VALUE / blockSizeBytes) {
      throw sb.corrupt(
          ExtFault.SUPERBLOCK_BLOCKS, 0x4, s_blocks_count_hi + " * 2^32 + " + s_blocks_count_lo);
    }
    return blocks;
  }

  private static long blocksPerCluster(StructView sb, FeatureSet features, long logBlockSize)
      throws CorruptImageException {
    if (!features.has(Feature.BIGALLOC)) {
      return 1;
    }
    long s_log_cluster_size = sb.u32le(0x1c);
    if (s_log_cluster_size < logBlockSize || s_log_cluster_size > MAX_LOG_CLUSTER_SIZE) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_CLUSTER_SIZE, 0x1c, "2^(10+" + s_log_cluster_size + ")");
    }
    return 1L << (s_log_cluster_size - logBlockSize);
  }

  /** One bitmap block must hold a bit for each cluster of a group. */
  private static long clustersPerGroup(StructView sb, FeatureSet features, int blockSizeBytes)
      throws CorruptImageException {
    int at = features.has(Feature.BIGALLOC) ? 0x24 : 0x20;
    long clusters = sb.u32le(at);
    if (clusters < 8 || clusters % 8 != 0 || clusters > 8L * blockSizeBytes) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_GROUP_SIZE, at, clusters + " clusters in a group");
    }
    return clusters;
  }

  private static long blocksPerGroup(StructView sb, long clustersPerGroup, long blocksPerCluster)
      throws CorruptImageException {
    long s_blocks_per_group = sb.u32le(0x20);
    if (s_blocks_per_group != clustersPerGroup * blocksPerCluster) {
      throw sb.corrupt(
          ExtFault.SUPERBLOCK_GROUP_SIZE, 0x20, s_blocks_per_group + " blocks in a group");
    }
    return s_blocks_per_group;
  }

  private static int inodeSizeBytes(StructView sb, int blockSizeBytes)
      throws CorruptImageException {
    long s_rev_level = sb.u32le(0x4c);
    if (s_rev_level == 0) {
      return GOOD_OLD_INODE_SIZE_BYTES;
    }
    int s_inode_size = sb.u16le(0x58);
    if (s_inode_size < GOOD_OLD_INODE_SIZE_BYTES
        || s_inode_size > blockSizeBytes
        || Integer.bitCount(s_inode_size) != 1) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_INODE_SIZE, 0x58, s_inode_size + " bytes");
    }
    return s_inode_size;
  }

  private static long inodesPerGroup(StructView sb, int blockSizeBytes, int inodeSizeBytes)
      throws CorruptImageException {
    long s_inodes_per_group = sb.u32le(0x28);
    if (s_inodes_per_group < blockSizeBytes / inodeSizeBytes
        || s_inodes_per_group > 8L * blockSizeBytes) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_INODES, 0x28, s_inodes_per_group + " inodes");
    }
    return s_inodes_per_group;
  }

  private static int descSizeBytes(StructView sb, FeatureSet features, int blockSizeBytes)
      throws CorruptImageException {
    if (!features.has(Feature.SIXTY_FOUR_BIT)) {
      return MIN_DESC_SIZE_BYTES;
    }
    int s_desc_size = sb.u16le(0xfe);
    if (s_desc_size < MIN_DESC_SIZE_64BIT_BYTES
        || s_desc_size > Math.min(MAX_DESC_SIZE_BYTES, blockSizeBytes)
        || Integer.bitCount(s_desc_size) != 1) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_DESC_SIZE, 0xfe, s_desc_size + " bytes");
    }
    return s_desc_size;
  }

  long groupFirstBlock(long group) {
    return firstDataBlock + group * blocksPerGroup;
  }

  /** The first block after the group; the last group may be short. */
  long groupEndBlock(long group) {
    return Math.min(groupFirstBlock(group + 1), blocksCount);
  }

  int descsPerBlock() {
    return blockSizeBytes / descSizeBytes;
  }

  int descBlockCount() {
    return (groupCount + descsPerBlock() - 1) / descsPerBlock();
  }

  /** Blocks of one group's inode table. */
  long inodeTableBlocks() {
    return (inodesPerGroup * inodeSizeBytes + blockSizeBytes - 1) / blockSizeBytes;
  }
}
