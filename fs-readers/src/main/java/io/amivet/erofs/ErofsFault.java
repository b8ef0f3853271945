package io.amivet.erofs;

import io.amivet.block.Fault;

/** The ways in which an image can contradict EROFS; the codes are part of the report's contract. */
public enum ErofsFault implements Fault {
  SUPERBLOCK_MAGIC("erofs.superblock.magic", "bad superblock magic"),
  SUPERBLOCK_BLOCK_SIZE("erofs.superblock.blkszbits", "impossible block size"),
  SUPERBLOCK_CHECKSUM("erofs.superblock.checksum", "checksum mismatch"),
  VOLUME_TRUNCATED("erofs.volume.truncated", "volume is shorter than its file system"),
  INODE_RANGE("erofs.inode.nid", "inode outside the volume"),
  INODE_FORMAT("erofs.inode.format", "unknown inode format"),
  INODE_TYPE("erofs.inode.mode", "unknown file type"),
  INODE_SIZE("erofs.inode.size", "impossible file size"),
  INODE_INLINE("erofs.inode.inline", "inline data crosses a block"),
  DATA_RANGE("erofs.data.range", "data outside the volume"),
  CHUNK_FORMAT("erofs.chunk.format", "unknown chunk format"),
  INDEX_RANGE("erofs.index.range", "cluster index outside the volume"),
  INDEX_TYPE("erofs.index.type", "bad logical cluster"),
  CLUSTER_LENGTH("erofs.cluster.length", "impossible length of a cluster"),
  CLUSTER_DECODE("erofs.cluster.decode", "cluster cannot be decompressed"),
  CLUSTER_LIMIT("erofs.cluster.limit", "more clusters in a file than are read"),
  FRAGMENT_RANGE("erofs.fragment.range", "fragment outside the packed inode"),
  DIRECTORY_BLOCK("erofs.dir.block", "bad directory block"),
  DIRECTORY_NAME("erofs.dir.name", "name that Linux does not allow"),
  DIRECTORY_LIMIT("erofs.dir.limit", "directory larger than is read"),
  SYMLINK_LENGTH("erofs.symlink.length", "impossible symbolic link length"),
  ATTRIBUTE_ENTRY("erofs.xattr.entry", "bad attribute entry"),
  ATTRIBUTE_PREFIX("erofs.xattr.prefix", "bad attribute name prefix");

  private final String code;
  private final String summary;

  ErofsFault(String code, String summary) {
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
