package io.amivet.ext;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The blocks that nothing uses, by the block bitmaps. A bit stands for a cluster. The bitmap of a
 * group marked uninitialised was never written: all but the group's own metadata is free.
 */
final class FreeSpace {
  /** Bounds memory against an image that declares terabytes of alternating bits. */
  private static final int MAX_RANGES = 2 << 20;

  private final Blocks blocks;
  private final Superblock superblock;
  private final Geometry geometry;
  private final GroupTable groups;
  private final List<ByteRange> ranges = new ArrayList<>();

  private long pendingStart;
  private long pendingEnd;

  private FreeSpace(Blocks blocks, GroupTable groups) {
    this.blocks = blocks;
    this.superblock = blocks.superblock();
    this.geometry = superblock.geometry();
    this.groups = groups;
  }

  static List<ByteRange> read(Blocks blocks, GroupTable groups) throws IOException {
    FreeSpace space = new FreeSpace(blocks, groups);
    space.prefetchBitmaps();
    int lost = -1;
    for (int group = 0; group < groups.count(); group++) {
      if (space.ranges.size() > MAX_RANGES) {
        blocks.anomalies().add(space.tooFragmented());
        break;
      }
      if (groups.has(group)) {
        space.addGroup(group);
      } else {
        lost = lost < 0 ? group : lost;
      }
    }
    if (lost >= 0) {
      blocks.anomalies().add(groups.outside(ExtFault.GROUP_RANGE, lost));
    }
    space.flush();
    return List.copyOf(space.ranges);
  }

  private void prefetchBitmaps() throws CorruptImageException {
    List<ByteRange> wanted = new ArrayList<>();
    for (int group = 0; group < groups.count(); group++) {
      if (groups.has(group)) {
        addBitmap(group, wanted);
      }
    }
    wanted.sort(null);
    blocks.volume().prefetch(wanted);
  }

  private void addBitmap(int group, List<ByteRange> wanted) throws CorruptImageException {
    GroupDescriptor descriptor = groups.get(group);
    if (!descriptor.blockBitmapIsUninitialised(superblock)
        && blocks.holds(descriptor.blockBitmap(), 1)) {
      wanted.add(new ByteRange(blocks.offset(descriptor.blockBitmap()), blocks.sizeBytes()));
    }
  }

  private void addGroup(int group) throws IOException {
    try {
      GroupDescriptor descriptor = groups.get(group);
      BitSet used =
          descriptor.blockBitmapIsUninitialised(superblock)
              ? ownMetadata(group, descriptor)
              : bitmap(group, descriptor);
      addFree(group, used);
    } catch (CorruptImageException e) {
      blocks.anomalies().add(e);
    }
  }

  private BitSet bitmap(int group, GroupDescriptor descriptor) throws IOException {
    if (!blocks.holds(descriptor.blockBitmap(), 1)) {
      throw new CorruptImageException(
          ExtFault.BITMAP_RANGE,
          blocks.volume().imageOffset(superblock.offset()),
          "ext4_group_desc",
          "group " + group + ", block " + descriptor.blockBitmap());
    }
    StructView bitmap =
        blocks
            .volume()
            .struct("block bitmap", blocks.offset(descriptor.blockBitmap()), blocks.sizeBytes());
    checkChecksum(bitmap, group, descriptor);
    return BitSet.valueOf(
        bitmap.segment().asSlice(0, geometry.clustersPerGroup() / Byte.SIZE).asByteBuffer());
  }

  private void checkChecksum(StructView bitmap, int group, GroupDescriptor descriptor) {
    if (!blocks.checksums()) {
      return;
    }
    int register =
        Crc32c.startingAt(superblock.checksumSeed())
            .bytes(bitmap.segment(), 0, geometry.clustersPerGroup() / Byte.SIZE)
            .register();
    int expected = descriptor.bitmapChecksumBits() == 32 ? register : register & 0xffff;
    if (expected != descriptor.bitmapChecksum()) {
      blocks.anomalies().add(bitmap.anomaly(ExtFault.BITMAP_CHECKSUM, 0, "group " + group));
    }
  }

  /** What {@code ext4_init_block_bitmap} would mark. */
  private BitSet ownMetadata(int group, GroupDescriptor descriptor) {
    BitSet used = new BitSet();
    markIfInside(used, group, geometry.groupFirstBlock(group), baseMetadataBlocks(group));
    markIfInside(used, group, descriptor.blockBitmap(), 1);
    markIfInside(used, group, descriptor.inodeBitmap(), 1);
    markIfInside(used, group, descriptor.inodeTable(), geometry.inodeTableBlocks());
    return used;
  }

  private void markIfInside(BitSet used, int group, long firstBlock, long count) {
    long start = Math.max(firstBlock, geometry.groupFirstBlock(group));
    long end = Math.min(firstBlock + count, geometry.groupEndBlock(group));
    if (start < end) {
      long base = geometry.groupFirstBlock(group);
      long ratio = geometry.blocksPerCluster();
      used.set((int) ((start - base) / ratio), (int) ((end - base + ratio - 1) / ratio));
    }
  }

  /** {@code ext4_num_base_meta_blocks}: superblock copy, descriptors, room for more of them. */
  private long baseMetadataBlocks(int group) {
    boolean copy = superblock.groupHasSuperblock(group);
    boolean metaBg = superblock.has(Feature.META_BG);
    int perBlock = geometry.descsPerBlock();
    if (metaBg && group / perBlock >= superblock.firstMetaBg()) {
      int inMetaGroup = group % perBlock;
      boolean descriptors = inMetaGroup <= 1 || inMetaGroup == perBlock - 1;
      return (copy ? 1L : 0L) + (descriptors ? 1L : 0L);
    }
    long descBlocks = metaBg ? superblock.firstMetaBg() : geometry.descBlockCount();
    return copy ? 1 + descBlocks + superblock.reservedGdtBlocks() : 0;
  }

  private void addFree(int group, BitSet used) {
    int clusters = (int) geometry.clustersPerGroup();
    for (int free = used.nextClearBit(0); free < clusters; ) {
      int next = used.nextSetBit(free);
      int end = next < 0 ? clusters : next;
      addBlocks(group, free, end);
      free = used.nextClearBit(end);
    }
  }

  private void addBlocks(int group, int firstCluster, int endCluster) {
    long base = geometry.groupFirstBlock(group);
    long limit = Math.min(geometry.groupEndBlock(group), blocks.usableBlocks());
    long start = base + firstCluster * geometry.blocksPerCluster();
    long end = Math.min(base + endCluster * geometry.blocksPerCluster(), limit);
    if (start >= end) {
      return;
    }
    if (start != pendingEnd) {
      flush();
      pendingStart = start;
    }
    pendingEnd = end;
  }

  private void flush() {
    if (pendingEnd > pendingStart) {
      ranges.add(
          new ByteRange(blocks.offset(pendingStart), blocks.offset(pendingEnd - pendingStart)));
    }
    pendingStart = pendingEnd;
  }

  private CorruptImageException tooFragmented() {
    return new CorruptImageException(
        ExtFault.BITMAP_TOO_FRAGMENTED,
        blocks.volume().imageOffset(superblock.offset()),
        "block bitmap",
        ranges.size() + " ranges");
  }
}
