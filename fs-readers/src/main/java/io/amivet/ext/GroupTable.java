package io.amivet.ext;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All group descriptors of a volume, read once. A descriptor that does not hold is replaced by the
 * first backup that does.
 */
final class GroupTable {
  private static final ByteRange NOWHERE = new ByteRange(0, 0);

  /** These two bound what damaged descriptors cost. */
  private static final int MAX_BACKUPS = 6;

  private static final int MAX_RECORDED = 1000;

  private final Blocks blocks;
  private final Superblock superblock;
  private final Geometry geometry;
  private final @Nullable GroupDescriptor[] descriptors;
  private int recorded;

  private GroupTable(Blocks blocks) {
    this.blocks = blocks;
    this.superblock = blocks.superblock();
    this.geometry = superblock.geometry();
    this.descriptors = new GroupDescriptor[geometry.groupCount()];
  }

  static GroupTable read(Blocks blocks) throws IOException {
    GroupTable table = new GroupTable(blocks);
    table.readAll();
    return table;
  }

  private void readAll() throws IOException {
    int descBlocks = geometry.descBlockCount();
    List<ByteRange> wanted = new ArrayList<>();
    for (int i = 0; i < descBlocks; i++) {
      long block = descBlock(i, superblock.blockGroup());
      if (blocks.holds(block, 1)) {
        wanted.add(new ByteRange(blocks.offset(block), blocks.sizeBytes()));
      }
    }
    blocks.volume().prefetch(wanted);
    for (int i = 0; i < descBlocks; i++) {
      readBlock(i);
    }
  }

  private void readBlock(int index) throws IOException {
    int first = index * geometry.descsPerBlock();
    int end = Math.min(first + geometry.descsPerBlock(), geometry.groupCount());
    StructView own = descriptorBlock(index, superblock.blockGroup());
    if (own == null) {
      blocks.anomalies().add(outside(ExtFault.GROUP_RANGE, first));
    }
    List<StructView> backups = null;
    for (int group = first; group < end; group++) {
      StructView gd = own == null ? null : descriptor(own, group);
      ExtFault fault = gd == null ? ExtFault.GROUP_RANGE : fault(gd, group);
      if (gd != null && fault == null) {
        descriptors[group] = GroupDescriptor.parse(gd);
        continue;
      }
      if (backups == null) {
        backups = backups(index);
      }
      descriptors[group] = replace(gd, fault, backups, group);
    }
  }

  private @Nullable GroupDescriptor replace(
      @Nullable StructView gd, @Nullable ExtFault fault, List<StructView> backups, int group) {
    if (gd != null && fault != null) {
      record(
          gd, fault, fault == ExtFault.GROUP_CHECKSUM ? GroupDescriptor.CHECKSUM_AT : 0x8, group);
    }
    for (StructView backup : backups) {
      StructView copy = descriptor(backup, group);
      if (fault(copy, group) == null) {
        record(copy, ExtFault.GROUP_BACKUP, 0, group);
        return GroupDescriptor.parse(copy);
      }
    }
    // Better a doubtful descriptor than none: what it leads to is checked again.
    return gd == null ? null : GroupDescriptor.parse(gd);
  }

  private void record(StructView gd, ExtFault fault, int at, int group) {
    if (recorded++ < MAX_RECORDED) {
      blocks.anomalies().add(gd.anomaly(fault, at, "group " + group));
    }
  }

  /** What is wrong with a descriptor; null if nothing. */
  private @Nullable ExtFault fault(StructView gd, int group) {
    if (!GroupDescriptor.checksumHolds(gd, superblock, group)) {
      return ExtFault.GROUP_CHECKSUM;
    }
    long inodeTable = GroupDescriptor.parse(gd).inodeTable();
    boolean inPlace =
        superblock.has(Feature.FLEX_BG)
            || (inodeTable >= geometry.groupFirstBlock(group)
                && inodeTable < geometry.groupEndBlock(group));
    return inPlace && blocks.holds(inodeTable, 1) ? null : ExtFault.GROUP_INODE_TABLE;
  }

  private StructView descriptor(StructView block, int group) {
    int at = group % geometry.descsPerBlock() * geometry.descSizeBytes();
    return block.slice("ext4_group_desc", at, geometry.descSizeBytes());
  }

  private @Nullable StructView descriptorBlock(int index, int superblockGroup) throws IOException {
    long block = descBlock(index, superblockGroup);
    boolean exists =
        superblockGroup < geometry.groupCount() && superblock.groupHasSuperblock(superblockGroup);
    return exists && blocks.holds(block, 1) ? blockAt(block) : null;
  }

  private StructView blockAt(long block) throws IOException {
    return blocks.volume().struct("ext4_group_desc", blocks.offset(block), blocks.sizeBytes());
  }

  /** Further copies of a block of descriptors, nearest first. */
  private List<StructView> backups(int index) throws IOException {
    List<StructView> copies = new ArrayList<>();
    for (long block : backupPlaces(index)) {
      if (blocks.holds(block, 1)) {
        copies.add(blockAt(block));
      }
    }
    return copies;
  }

  private List<Long> backupPlaces(int index) {
    List<Long> places = new ArrayList<>();
    if (isInMetaGroup(index)) {
      // The second and the last group of those that the block describes.
      long firstGroup = (long) index * geometry.descsPerBlock();
      for (long group : new long[] {firstGroup + 1, firstGroup + geometry.descsPerBlock() - 1}) {
        if (group < geometry.groupCount()) {
          places.add(firstBlockBehindSuperblock(group));
        }
      }
      return places;
    }
    for (int group = 0; group < geometry.groupCount() && places.size() < MAX_BACKUPS; group++) {
      if (group != superblock.blockGroup() && superblock.groupHasSuperblock(group)) {
        places.add(superblockBlock(group) + 1 + index);
      }
    }
    return places;
  }

  /**
   * Where a block of descriptors lies: behind a superblock, or with meta_bg in the first group that
   * the block itself describes, the second group holding the backup ({@code descriptor_loc}).
   */
  private long descBlock(int index, int superblockGroup) {
    if (!isInMetaGroup(index)) {
      return superblockBlock(superblockGroup) + 1 + index;
    }
    long group = (long) index * geometry.descsPerBlock() + (superblockGroup == 0 ? 0 : 1);
    return group == 0 ? superblockBlock(0) + 1 : firstBlockBehindSuperblock(group);
  }

  private boolean isInMetaGroup(int index) {
    return superblock.has(Feature.META_BG) && index >= superblock.firstMetaBg();
  }

  private long firstBlockBehindSuperblock(long group) {
    long first = geometry.groupFirstBlock(group);
    return superblock.groupHasSuperblock(group) ? first + 1 : first;
  }

  /** With 1 KiB blocks the first superblock fills block 1, even if bigalloc counts from 0. */
  private long superblockBlock(int group) {
    return group == 0
        ? Superblock.PRIMARY_OFFSET / geometry.blockSizeBytes()
        : geometry.groupFirstBlock(group);
  }

  int count() {
    return descriptors.length;
  }

  /** Whether the descriptor of a group could be read; the many that a false size claims cannot. */
  boolean has(int group) {
    return descriptors[group] != null;
  }

  /** The descriptor of a group that exists. */
  GroupDescriptor get(int group) throws CorruptImageException {
    GroupDescriptor descriptor = descriptors[group];
    if (descriptor == null) {
      throw outside(ExtFault.GROUP_RANGE, group);
    }
    return descriptor;
  }

  CorruptImageException outside(ExtFault fault, int group) {
    long offset = blocks.volume().imageOffset(superblock.offset());
    return new CorruptImageException(fault, offset, "ext4_group_desc", "group " + group);
  }

  /** Where an inode lies; empty and at 0 if there is no such inode. */
  ByteRange inodeLocation(long number) {
    if (number < 1 || number > inodesHeld()) {
      return NOWHERE;
    }
    GroupDescriptor descriptor = descriptors[(int) ((number - 1) / geometry.inodesPerGroup())];
    if (descriptor == null) {
      return NOWHERE;
    }
    long index = (number - 1) % geometry.inodesPerGroup();
    long inBlock = index * geometry.inodeSizeBytes();
    long block = descriptor.inodeTable() + inBlock / geometry.blockSizeBytes();
    return blocks.holds(block, 1)
        ? new ByteRange(
            blocks.offset(block) + inBlock % geometry.blockSizeBytes(), geometry.inodeSizeBytes())
        : NOWHERE;
  }

  private long inodesHeld() {
    return Math.min(geometry.inodesCount(), geometry.inodesPerGroup() * descriptors.length);
  }
}
