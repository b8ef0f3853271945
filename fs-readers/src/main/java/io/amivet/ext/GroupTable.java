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
 * backup behind the next group's superblock, if that one does.
 */
final class GroupTable {
  private static final ByteRange NOWHERE = new ByteRange(0, 0);

  private final Blocks blocks;
  private final Superblock superblock;
  private final Geometry geometry;
  private final @Nullable GroupDescriptor[] descriptors;

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
    for (int group = first; group < end; group++) {
      descriptors[group] = choose(own, index, group);
    }
  }

  private @Nullable GroupDescriptor choose(@Nullable StructView own, int index, int group)
      throws IOException {
    CorruptImageException damage = null;
    StructView gd = own == null ? null : descriptor(own, group);
    if (gd != null) {
      damage = damage(gd, group);
      if (damage == null) {
        return GroupDescriptor.parse(gd);
      }
      blocks.anomalies().add(damage);
    }
    int backupGroup = superblock.blockGroup() == 1 ? 3 : 1;
    StructView backup = descriptorBlock(index, backupGroup);
    if (backup != null && damage(descriptor(backup, group), group) == null) {
      StructView copy = descriptor(backup, group);
      blocks.anomalies().add(copy.anomaly(ExtFault.GROUP_BACKUP, 0, "group " + group));
      return GroupDescriptor.parse(copy);
    }
    // Better a doubtful descriptor than none: what it leads to is checked again.
    return gd == null ? null : GroupDescriptor.parse(gd);
  }

  private @Nullable CorruptImageException damage(StructView gd, int group) {
    try {
      GroupDescriptor.checkChecksum(gd, superblock, group);
      if (!blocks.holds(GroupDescriptor.parse(gd).inodeTable(), 1)) {
        return gd.corrupt(ExtFault.GROUP_INODE_TABLE, 0x8, "group " + group);
      }
      return null;
    } catch (CorruptImageException e) {
      return e;
    }
  }

  private StructView descriptor(StructView block, int group) {
    int at = group % geometry.descsPerBlock() * geometry.descSizeBytes();
    return block.slice("ext4_group_desc", at, geometry.descSizeBytes());
  }

  private @Nullable StructView descriptorBlock(int index, int superblockGroup) throws IOException {
    long block = descBlock(index, superblockGroup);
    boolean exists =
        superblockGroup < geometry.groupCount() && superblock.groupHasSuperblock(superblockGroup);
    return exists && blocks.holds(block, 1)
        ? blocks.volume().struct("ext4_group_desc", blocks.offset(block), blocks.sizeBytes())
        : null;
  }

  /**
   * Where a block of descriptors lies: behind a superblock, or with meta_bg in the first group that
   * the block itself describes, the second group holding the backup ({@code descriptor_loc}).
   */
  private long descBlock(int index, int superblockGroup) {
    if (!superblock.has(Feature.META_BG) || index < superblock.firstMetaBg()) {
      return superblockBlock(superblockGroup) + 1 + index;
    }
    long group = (long) index * geometry.descsPerBlock() + (superblockGroup == 0 ? 0 : 1);
    long first = geometry.groupFirstBlock(group);
    if (group == 0) {
      return superblockBlock(0) + 1;
    }
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
