package io.amivet.ext;

import io.amivet.block.Fault;

/** The ways in which an ext2, ext3 or ext4 volume can contradict its format. */
public enum ExtFault implements Fault {
  SUPERBLOCK_MAGIC("ext4.superblock.magic", "bad superblock magic"),
  SUPERBLOCK_CHECKSUM("ext4.superblock.checksum", "superblock checksum mismatch"),
  SUPERBLOCK_BLOCK_SIZE("ext4.superblock.block-size", "impossible block size"),
  SUPERBLOCK_CLUSTER_SIZE("ext4.superblock.cluster-size", "impossible cluster size"),
  SUPERBLOCK_BLOCKS("ext4.superblock.blocks", "impossible block count"),
  SUPERBLOCK_FIRST_BLOCK("ext4.superblock.first-block", "impossible first data block"),
  SUPERBLOCK_GROUP_SIZE("ext4.superblock.group-size", "impossible number of blocks in a group"),
  SUPERBLOCK_GROUPS("ext4.superblock.groups", "impossible number of groups"),
  SUPERBLOCK_INODES("ext4.superblock.inodes", "impossible number of inodes in a group"),
  SUPERBLOCK_INODE_COUNT("ext4.superblock.inode-count", "inode count does not match the groups"),
  SUPERBLOCK_INODE_SIZE("ext4.superblock.inode-size", "impossible inode size"),
  SUPERBLOCK_DESC_SIZE("ext4.superblock.desc-size", "impossible group descriptor size"),
  SUPERBLOCK_TRUNCATED("ext4.superblock.truncated", "file system is larger than its volume"),
  SUPERBLOCK_BACKUP("ext4.superblock.backup", "primary superblock unusable, backup used instead"),
  JOURNAL_NEEDS_RECOVERY("ext4.journal.needs-recovery", "journal holds changes not yet written"),
  JOURNAL_INODE("ext4.journal.inode", "journal file unusable"),
  JOURNAL_EXTERNAL("ext4.journal.external", "journal on another device"),
  JOURNAL_SUPERBLOCK("ext4.journal.superblock", "journal superblock unusable"),
  JOURNAL_FEATURE("ext4.journal.feature", "journal with features that are not read"),
  JOURNAL_TRANSACTION("ext4.journal.transaction", "damaged transaction ends the journal"),
  JOURNAL_REVOKE("ext4.journal.revoke", "impossible number of revoke records"),
  JOURNAL_TARGET("ext4.journal.target", "journal changes a block outside the volume"),
  JOURNAL_DATA_CHECKSUM("ext4.journal.data-checksum", "journal data checksum mismatch"),
  JOURNAL_TOO_LARGE("ext4.journal.too-large", "journal changes too much"),
  GROUP_CHECKSUM("ext4.group.checksum", "group descriptor checksum mismatch"),
  GROUP_BACKUP("ext4.group.backup", "group descriptor unusable, backup used instead"),
  GROUP_RANGE("ext4.group.range", "group descriptor outside the volume"),
  GROUP_INODE_TABLE("ext4.group.inode-table", "inode table outside the volume"),
  BITMAP_RANGE("ext4.bitmap.range", "block bitmap outside the volume"),
  BITMAP_CHECKSUM("ext4.bitmap.checksum", "block bitmap checksum mismatch"),
  BITMAP_TOO_FRAGMENTED("ext4.bitmap.too-fragmented", "too many free ranges"),
  INODE_NUMBER("ext4.inode.number", "inode number out of range"),
  INODE_FREE("ext4.inode.free", "inode is not in use"),
  INODE_TYPE("ext4.inode.type", "impossible file type"),
  INODE_SIZE("ext4.inode.size", "impossible file size"),
  INODE_EXTRA_SIZE("ext4.inode.extra-size", "impossible extra inode size"),
  INODE_CHECKSUM("ext4.inode.checksum", "inode checksum mismatch"),
  BLOCK_RANGE("ext4.block.range", "block number outside the volume"),
  BLOCK_SHARED("ext4.block.shared", "block reached twice in one file's map"),
  MAP_TOO_LARGE("ext4.map.too-large", "too many pieces in one file"),
  EXTENT_MAGIC("ext4.extent.magic", "bad extent header magic"),
  EXTENT_DEPTH("ext4.extent.depth", "impossible extent tree depth"),
  EXTENT_COUNT("ext4.extent.count", "impossible number of extents in a node"),
  EXTENT_ORDER("ext4.extent.order", "extents out of order"),
  EXTENT_LENGTH("ext4.extent.length", "empty extent"),
  EXTENT_RANGE("ext4.extent.range", "extent outside the volume"),
  EXTENT_CHECKSUM("ext4.extent.checksum", "extent block checksum mismatch"),
  INLINE_SIZE("ext4.inline.size", "inline file larger than its inode"),
  SYMLINK_SIZE("ext4.symlink.size", "impossible symbolic link length"),
  DIRECTORY_ENTRY("ext4.directory.entry", "malformed directory entry"),
  DIRECTORY_NAME("ext4.directory.name", "impossible name in a directory"),
  DIRECTORY_CHECKSUM("ext4.directory.checksum", "directory block checksum mismatch"),
  DIRECTORY_TAIL("ext4.directory.tail", "directory block without checksum tail"),
  DIRECTORY_HOLE("ext4.directory.hole", "directory with a hole or unwritten blocks"),
  DIRECTORY_TOO_LARGE("ext4.directory.too-large", "too many entries in one directory"),
  XATTR_MAGIC("ext4.xattr.magic", "bad extended attribute magic"),
  XATTR_ENTRY("ext4.xattr.entry", "malformed extended attribute"),
  XATTR_VALUE("ext4.xattr.value", "extended attribute value out of range"),
  XATTR_CHECKSUM("ext4.xattr.checksum", "extended attribute block checksum mismatch");

  private final String code;
  private final String summary;

  ExtFault(String code, String summary) {
    this.code = code;
    this.summary = summary;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String summary() {
    return summary;
  }
}
