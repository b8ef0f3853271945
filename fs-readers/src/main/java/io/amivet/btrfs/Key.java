package io.amivet.btrfs;

/**
 * The key of an item, {@code struct btrfs_disk_key} of {@code linux/btrfs_tree.h}; ordered by its
 * fields, each unsigned.
 *
 * @param objectId inode number, tree id, or whatever the tree is about
 * @param type one of {@link ItemType}
 * @param offset file offset, hash, index: as the type has it
 */
record Key(long objectId, int type, long offset) implements Comparable<Key> {
  static final int SIZE_BYTES = 17;

  /** Before all others. */
  static final Key FIRST = new Key(0, 0, 0);

  /** After all others. */
  static final Key LAST = new Key(-1, 0xff, -1);

  /** The first possible key of all items of one type of an object. */
  static Key firstOf(long objectId, int type) {
    return new Key(objectId, type, 0);
  }

  /** The last possible key of all items of one type of an object. */
  static Key lastOf(long objectId, int type) {
    return new Key(objectId, type, -1);
  }

  @Override
  public int compareTo(Key other) {
    return compare(other.objectId, other.type, other.offset);
  }

  int compare(long otherObjectId, int otherType, long otherOffset) {
    int order = Long.compareUnsigned(objectId, otherObjectId);
    if (order == 0) {
      order = Integer.compare(type, otherType);
    }
    return order != 0 ? order : Long.compareUnsigned(offset, otherOffset);
  }

  @Override
  public String toString() {
    return "("
        + Long.toUnsignedString(objectId)
        + " "
        + type
        + " "
        + Long.toUnsignedString(offset)
        + ")";
  }
}
