package io.amivet.xfs;

import io.amivet.block.Fault;

/** The ways in which an image can contradict XFS; the codes are part of the report's contract. */
public enum XfsFault implements Fault {
  SUPERBLOCK_MAGIC("xfs.superblock.magic", "bad superblock magic"),
  SUPERBLOCK_BLOCK_SIZE("xfs.superblock.blocksize", "impossible block size"),
  SUPERBLOCK_SECTOR_SIZE("xfs.superblock.sectsize", "impossible sector size"),
  SUPERBLOCK_INODE_SIZE("xfs.superblock.inodesize", "impossible inode size"),
  SUPERBLOCK_AG_SIZE("xfs.superblock.agblocks", "impossible allocation group size"),
  SUPERBLOCK_BLOCK_COUNT("xfs.superblock.dblocks", "block count and allocation groups disagree"),
  SUPERBLOCK_DIRECTORY_BLOCK("xfs.superblock.dirblklog", "impossible directory block size"),
  SUPERBLOCK_ROOT_INODE("xfs.superblock.rootino", "impossible root inode number"),
  SUPERBLOCK_SECONDARY(
      "xfs.superblock.secondary", "primary superblock damaged, a secondary one is used"),
  VOLUME_TRUNCATED("xfs.volume.truncated", "volume is shorter than its file system"),
  NEEDS_REPAIR("xfs.needsrepair", "file system is marked as in need of xfs_repair"),
  LOG_DIRTY("xfs.log.dirty", "log holds changes that were not written back"),
  LOG_UNREADABLE("xfs.log.unreadable", "state of the log cannot be determined"),
  LOG_RECORD("xfs.log.record", "bad log record header"),
  LOG_CHECKSUM("xfs.log.checksum", "log record fails its checksum"),
  LOG_OPERATION("xfs.log.operation", "bad operation in a log record"),
  LOG_ITEM("xfs.log.item", "bad item of a logged transaction"),
  LOG_LIMIT("xfs.log.limit", "log holds more than is replayed"),
  CHECKSUM("xfs.metadata.checksum", "checksum mismatch"),
  METADATA_UUID("xfs.metadata.uuid", "metadata of another file system"),
  METADATA_BLOCK("xfs.metadata.blkno", "metadata of another place"),
  METADATA_OWNER("xfs.metadata.owner", "metadata of another owner"),
  INODE_NUMBER("xfs.inode.number", "inode number out of range"),
  INODE_MAGIC("xfs.inode.magic", "bad inode magic"),
  INODE_VERSION("xfs.inode.version", "bad inode version"),
  INODE_FREE("xfs.inode.free", "inode is free"),
  INODE_TYPE("xfs.inode.mode", "unknown file type"),
  INODE_FORMAT("xfs.inode.format", "impossible fork format"),
  INODE_SIZE("xfs.inode.size", "impossible file size"),
  INODE_FORK_OFFSET("xfs.inode.forkoff", "attribute fork outside the inode"),
  INODE_SELF("xfs.inode.ino", "inode states another number"),
  EXTENT_RANGE("xfs.extent.range", "extent outside the file system"),
  EXTENT_ORDER("xfs.extent.order", "extents overlap or are out of order"),
  EXTENT_COUNT("xfs.extent.count", "number of extents differs from the inode's"),
  EXTENT_LIMIT("xfs.extent.limit", "more extents than are read"),
  BTREE_ROOT("xfs.bmbt.root", "bad extent tree root"),
  BTREE_MAGIC("xfs.bmbt.magic", "bad extent tree block magic"),
  BTREE_LEVEL("xfs.bmbt.level", "bad extent tree level"),
  BTREE_RECORDS("xfs.bmbt.numrecs", "impossible number of extent tree records"),
  BTREE_CYCLE("xfs.bmbt.cycle", "extent tree block reached a second time"),
  DIRECTORY_SHORTFORM("xfs.dir.shortform", "bad short-form directory"),
  DIRECTORY_MAGIC("xfs.dir.magic", "bad directory block magic"),
  DIRECTORY_TAIL("xfs.dir.tail", "bad directory block tail"),
  DIRECTORY_ENTRY("xfs.dir.entry", "bad directory entry"),
  DIRECTORY_NAME("xfs.dir.name", "name that Linux does not allow"),
  DIRECTORY_INODE("xfs.dir.inumber", "directory entry names an impossible inode"),
  DIRECTORY_HOLE("xfs.dir.hole", "directory block is not wholly mapped"),
  DIRECTORY_CYCLE("xfs.dir.cycle", "directory block reached a second time"),
  DIRECTORY_LIMIT("xfs.dir.limit", "more names in a directory than are read"),
  ATTRIBUTE_SHORTFORM("xfs.attr.shortform", "bad short-form attribute fork"),
  ATTRIBUTE_MAGIC("xfs.attr.magic", "bad attribute block magic"),
  ATTRIBUTE_ENTRY("xfs.attr.entry", "bad attribute entry"),
  ATTRIBUTE_NODE("xfs.attr.node", "bad attribute node"),
  ATTRIBUTE_CYCLE("xfs.attr.cycle", "attribute block reached a second time"),
  ATTRIBUTE_HOLE("xfs.attr.hole", "attribute block is not mapped"),
  ATTRIBUTE_LIMIT("xfs.attr.limit", "more attributes of an inode than are read"),
  REMOTE_HEADER("xfs.remote.header", "bad header of a remote value"),
  REMOTE_LENGTH("xfs.remote.length", "remote value is not wholly mapped"),
  SYMLINK_LENGTH("xfs.symlink.length", "impossible symbolic link length"),
  AGF_MAGIC("xfs.agf.magic", "bad free-space header magic"),
  AGF_ROOT("xfs.agf.root", "bad free-space tree root"),
  FREE_SPACE_TREE("xfs.bnobt.block", "bad free-space tree block"),
  FREE_SPACE_RECORD("xfs.bnobt.record", "bad free-space record"),
  FREE_SPACE_LIMIT("xfs.bnobt.limit", "more free ranges than are read");

  private final String code;
  private final String summary;

  XfsFault(String code, String summary) {
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
