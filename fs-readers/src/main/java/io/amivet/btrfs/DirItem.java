package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A name and what it stands for, {@code struct btrfs_dir_item} of {@code linux/btrfs_tree.h}: an
 * entry of a directory, or an extended attribute with its value.
 *
 * @param location key of the inode or root that the name leads to
 * @param value of an attribute; empty for an entry
 */
record DirItem(Key location, byte[] name, byte[] value) {
  private static final int HEADER_BYTES = 30;

  /** All that an item holds: names of the same hash share one. */
  static List<DirItem> parseAll(StructView item) throws IOException {
    List<DirItem> all = new ArrayList<>(1);
    int at = 0;
    while (at < item.sizeBytes()) {
      if (!item.holds(at, HEADER_BYTES)) {
        throw bad(item, at);
      }
      int data_len = item.u16le(at + 25);
      int name_len = item.u16le(at + 27);
      if (!item.holds(at + HEADER_BYTES, (long) name_len + data_len)) {
        throw bad(item, at);
      }
      Key location = new Key(item.u64le(at), item.u8(at + 8), item.u64le(at + 9));
      int nameAt = at + HEADER_BYTES;
      all.add(
          new DirItem(
              location, item.bytes(nameAt, name_len), item.bytes(nameAt + name_len, data_len)));
      at = nameAt + name_len + data_len;
    }
    return all;
  }

  private static CorruptImageException bad(StructView item, int at) {
    return item.corrupt(BtrfsFault.DIRECTORY_ENTRY, at, "names reach past the item");
  }
}
