package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the extended attributes of an inode: its {@code XATTR_ITEM} items, by hash of the name. */
final class Attributes {
  /** Bounds memory. */
  private static final int MAX_BYTES = 4 << 20;

  private final FileSystem fs;
  private final Map<String, byte[]> values = new LinkedHashMap<>();
  private int totalBytes;

  private Attributes(FileSystem fs) {
    this.fs = fs;
  }

  /**
   * @throws CorruptImageException if some are lost
   */
  static Map<String, byte[]> read(FileSystem fs, Subvolume subvolume, long objectId)
      throws IOException {
    Attributes attributes = new Attributes(fs);
    boolean whole =
        fs.trees()
            .scan(
                subvolume.root(),
                Key.firstOf(objectId, ItemType.XATTR_ITEM),
                Key.lastOf(objectId, ItemType.XATTR_ITEM),
                (key, item) -> attributes.add(item));
    if (!whole) {
      throw new CorruptImageException(
          BtrfsFault.ATTRIBUTE, -1, "XATTR_ITEM", "attributes of inode " + objectId + " are lost");
    }
    return attributes.values;
  }

  private boolean add(StructView item) throws IOException {
    try {
      for (DirItem attribute : DirItem.parseAll(item)) {
        totalBytes += attribute.name().length + attribute.value().length;
        if (totalBytes > MAX_BYTES) {
          throw item.corrupt(BtrfsFault.ATTRIBUTE, 0, "more than " + MAX_BYTES + " bytes");
        }
        // Names are bytes; nearly all are ASCII.
        String name = new String(attribute.name(), StandardCharsets.UTF_8);
        values.put(name, attribute.value());
      }
    } catch (CorruptImageException e) {
      fs.anomalies().add(e);
    }
    return totalBytes <= MAX_BYTES;
  }
}
