package io.amivet.btrfs;

/** The types of items that are read ({@code BTRFS_*_KEY} of {@code linux/btrfs_tree.h}). */
final class ItemType {
  static final int INODE_ITEM = 1;
  static final int XATTR_ITEM = 24;
  static final int DIR_ITEM = 84;
  static final int DIR_INDEX = 96;
  static final int EXTENT_DATA = 108;
  static final int EXTENT_CSUM = 128;
  static final int ROOT_ITEM = 132;
  static final int ROOT_REF = 156;
  static final int EXTENT_ITEM = 168;
  static final int METADATA_ITEM = 169;
  static final int CHUNK_ITEM = 228;

  private ItemType() {}
}
