package io.amivet.btrfs;

/** The trees with fixed ids ({@code BTRFS_*_OBJECTID} of {@code linux/btrfs_tree.h}). */
final class TreeId {
  static final long ROOT = 1;
  static final long EXTENT = 2;
  static final long CHUNK = 3;

  /** The top level: the first subvolume, which cannot be deleted. */
  static final long FS = 5;

  static final long CSUM = 7;

  /** The directory in the root tree that names the default subvolume. */
  static final long ROOT_DIRECTORY = 6;

  /** Ids of subvolumes, and numbers of inodes in them, lie between these. */
  static final long FIRST_FREE = 256;

  static final long LAST_FREE = -256;

  private TreeId() {}

  /** Whether a tree of this id holds files. */
  static boolean isSubvolume(long id) {
    return id == FS || isFree(id);
  }

  /** Whether an object may have this id as its own, which excludes all fixed ones. */
  static boolean isFree(long id) {
    return Long.compareUnsigned(id, FIRST_FREE) >= 0 && Long.compareUnsigned(id, LAST_FREE) <= 0;
  }
}
