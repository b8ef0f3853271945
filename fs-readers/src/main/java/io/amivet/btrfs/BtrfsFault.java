package io.amivet.btrfs;

import io.amivet.block.Fault;

/** The ways in which an image can contradict btrfs; the codes are part of the report's contract. */
public enum BtrfsFault implements Fault {
  SUPERBLOCK_MAGIC("btrfs.superblock.magic", "no superblock"),
  SUPERBLOCK_CHECKSUM("btrfs.superblock.checksum", "checksum mismatch of the superblock"),
  SUPERBLOCK_MIRROR("btrfs.superblock.mirror", "primary superblock damaged, a mirror is used"),
  SUPERBLOCK_SIZES("btrfs.superblock.sizes", "impossible node or sector size"),
  SUPERBLOCK_ROOT("btrfs.superblock.root", "impossible tree root"),
  SUPERBLOCK_BACKUP("btrfs.superblock.backup", "root tree is lost, an older one is used"),
  VOLUME_TRUNCATED("btrfs.volume.truncated", "volume is shorter than its file system"),
  SYSTEM_CHUNKS("btrfs.superblock.chunks", "bad array of system chunks"),
  CHUNK("btrfs.chunk", "bad chunk"),
  CHUNK_OVERLAP("btrfs.chunk.overlap", "chunks overlap"),
  CHUNK_LIMIT("btrfs.chunk.limit", "more chunks than are read"),
  ADDRESS("btrfs.address", "address in no chunk"),
  ADDRESS_OUTSIDE("btrfs.address.outside", "address outside of the volume"),
  NODE_CHECKSUM("btrfs.node.checksum", "checksum mismatch of a tree node"),
  NODE_COPY("btrfs.node.copy", "copy of a tree node is damaged, another is used"),
  NODE_HEADER("btrfs.node.header", "tree node of another place or kind"),
  NODE_GENERATION("btrfs.node.generation", "tree node of another generation"),
  NODE_ITEMS("btrfs.node.items", "impossible items in a tree node"),
  NODE_ORDER("btrfs.node.order", "keys of a tree are out of order"),
  ROOT_ITEM("btrfs.root", "bad root item"),
  ROOT_MISSING("btrfs.root.missing", "tree is missing"),
  ROOT_LIMIT("btrfs.root.limit", "more subvolumes than are read"),
  ROOT_REFERENCE("btrfs.root.ref", "bad reference to a subvolume"),
  INODE_NUMBER("btrfs.inode.number", "impossible inode number"),
  INODE_MISSING("btrfs.inode.missing", "inode is missing"),
  INODE_ITEM("btrfs.inode.item", "bad inode item"),
  INODE_TYPE("btrfs.inode.mode", "unknown file type"),
  DIRECTORY_ENTRY("btrfs.dir.entry", "bad directory entry"),
  DIRECTORY_NAME("btrfs.dir.name", "name that Linux does not allow"),
  DIRECTORY_LIMIT("btrfs.dir.limit", "more names in a directory than are read"),
  EXTENT_ITEM("btrfs.extent", "bad file extent"),
  EXTENT_ORDER("btrfs.extent.order", "file extents overlap"),
  EXTENT_LOST("btrfs.extent.lost", "file extents are lost"),
  EXTENT_LIMIT("btrfs.extent.limit", "more file extents than are read"),
  COMPRESSED("btrfs.extent.compressed", "compressed extent cannot be decoded"),
  DATA_CHECKSUM("btrfs.data.checksum", "checksum mismatch of file contents"),
  SYMLINK("btrfs.symlink", "impossible symbolic link"),
  ATTRIBUTE("btrfs.xattr", "bad extended attribute"),
  FREE_SPACE("btrfs.free", "free space cannot be determined wholly");

  private final String code;
  private final String summary;

  BtrfsFault(String code, String summary) {
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
