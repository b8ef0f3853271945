package io.amivet.squashfs;

import io.amivet.block.Fault;

/** The ways in which an image can contradict squashfs; the codes are part of the report. */
public enum SquashfsFault implements Fault {
  SUPERBLOCK_MAGIC("squashfs.superblock.magic", "bad superblock magic"),
  SUPERBLOCK_BLOCK_SIZE("squashfs.superblock.blocksize", "impossible block size"),
  SUPERBLOCK_TABLE("squashfs.superblock.table", "table outside the file system"),
  VOLUME_TRUNCATED("squashfs.volume.truncated", "volume is shorter than its file system"),
  METADATA_RANGE("squashfs.metadata.range", "metadata outside the file system"),
  METADATA_LENGTH("squashfs.metadata.length", "impossible length of a metadata block"),
  METADATA_DECODE("squashfs.metadata.decode", "metadata block cannot be decompressed"),
  INODE_NUMBER("squashfs.inode.number", "inode number that no directory names"),
  INODE_SELF("squashfs.inode.ino", "inode states another number than its directory entry"),
  INODE_TYPE("squashfs.inode.type", "unknown inode type"),
  INODE_OWNER("squashfs.inode.owner", "owner that is not in the table of ids"),
  INODE_SIZE("squashfs.inode.size", "impossible file size"),
  DIRECTORY_HEADER("squashfs.dir.header", "bad directory header"),
  DIRECTORY_ENTRY("squashfs.dir.entry", "bad directory entry"),
  DIRECTORY_NAME("squashfs.dir.name", "name that Linux does not allow"),
  DIRECTORY_INODE("squashfs.dir.inode", "two places for one inode number"),
  DIRECTORY_LIMIT("squashfs.dir.limit", "more names in a directory than are read"),
  BLOCK_RANGE("squashfs.block.range", "data block outside the file system"),
  BLOCK_LENGTH("squashfs.block.length", "data block of another length than the file's"),
  BLOCK_DECODE("squashfs.block.decode", "data block cannot be decompressed"),
  BLOCK_LIMIT("squashfs.block.limit", "more blocks in a file than are read"),
  FRAGMENT_INDEX("squashfs.fragment.index", "fragment that is not in the table"),
  SYMLINK_LENGTH("squashfs.symlink.length", "impossible symbolic link length"),
  ATTRIBUTE_INDEX("squashfs.xattr.index", "attributes that are not in the table"),
  ATTRIBUTE_ENTRY("squashfs.xattr.entry", "bad attribute entry");

  private final String code;
  private final String summary;

  SquashfsFault(String code, String summary) {
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
