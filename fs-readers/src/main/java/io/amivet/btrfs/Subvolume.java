package io.amivet.btrfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.UUID;

/**
 * A tree of files, from {@code struct btrfs_root_item} of {@code linux/btrfs_tree.h}.
 *
 * @param index 0 for the top level, 1, 2, … for the others in the order of their ids
 * @param references 0 while it is being deleted
 * @param uuid zeros if it was made by a kernel before 3.6
 * @param parentUuid of which it is a snapshot; zeros if of none
 */
record Subvolume(int index, TreeRoot root, long references, UUID uuid, UUID parentUuid) {
  private static final int OLD_ITEM_BYTES = 239;
  private static final int ITEM_BYTES = 439;
  private static final UUID NONE = new UUID(0, 0);

  /** Stands for a tree that is missing. */
  static final Subvolume ABSENT = new Subvolume(0, new TreeRoot(TreeId.FS, 0, 0, 0), 0, NONE, NONE);

  static Subvolume parse(Key key, StructView item, int index) throws IOException {
    if (!item.holds(0, OLD_ITEM_BYTES)) {
      throw item.corrupt(BtrfsFault.ROOT_ITEM, 0, item.sizeBytes() + " bytes");
    }
    long generation = item.u64le(160);
    long bytenr = item.u64le(176);
    int level = item.u8(238);
    if (bytenr <= 0 || level > Node.MAX_LEVEL) {
      throw item.corrupt(BtrfsFault.ROOT_ITEM, 176, "level " + level);
    }
    // A kernel that does not know the later fields leaves an older generation in generation_v2.
    boolean whole = item.holds(0, ITEM_BYTES) && item.u64le(239) == generation;
    return new Subvolume(
        index,
        new TreeRoot(key.objectId(), bytenr, level, generation),
        item.u32le(216),
        whole ? Superblock.uuid(item, 247) : NONE,
        whole ? Superblock.uuid(item, 263) : NONE);
  }

  long id() {
    return root.id();
  }
}
