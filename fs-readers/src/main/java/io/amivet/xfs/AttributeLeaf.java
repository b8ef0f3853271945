package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.List;

/**
 * A leaf of attributes: {@code struct xfs_attr_leafblock} and {@code xfs_attr3_leafblock}, entries
 * {@code xfs_attr_leaf_entry}, names {@code xfs_attr_leaf_name_local} and {@code …_remote} of
 * {@code xfs_da_format.h}. Values of remote ones lie in other blocks of the fork.
 */
final class AttributeLeaf {
  /** {@code XATTR_SIZE_MAX} of {@code linux/limits.h}, the most the format can hold too. */
  static final int MAX_VALUE_BYTES = 1 << 16;

  private static final int ENTRY_BYTES = 8;
  private static final int LOCAL_HEADER_BYTES = 3;
  private static final int REMOTE_HEADER_BYTES = 9;

  private final Metadata metadata;
  private final Fork fork;
  private final List<Mapping> mappings;
  private final AttributeCollector attributes;

  AttributeLeaf(
      Metadata metadata, Fork fork, List<Mapping> mappings, AttributeCollector attributes) {
    this.metadata = metadata;
    this.fork = fork;
    this.mappings = mappings;
    this.attributes = attributes;
  }

  /** Reads every entry; a damaged one costs itself. */
  void read(StructView leaf) throws IOException {
    boolean version5 = metadata.superblock.selfDescribing();
    int countAt = version5 ? 0x38 : 0x0c;
    int entries = version5 ? 0x50 : 0x20;
    int count = leaf.u16be(countAt);
    if (!leaf.holds(entries, (long) count * ENTRY_BYTES)) {
      throw leaf.corrupt(XfsFault.ATTRIBUTE_ENTRY, countAt, count + " entries");
    }
    for (int i = 0; i < count; i++) {
      int at = entries + i * ENTRY_BYTES;
      if (attributes.isFull()) {
        throw leaf.corrupt(XfsFault.ATTRIBUTE_LIMIT, at, "inode " + fork.inode());
      }
      int nameidx = leaf.u16be(at + 4);
      int flags = leaf.u8(at + 6);
      if (!AttributeCollector.isShown(flags)) {
        continue;
      }
      try {
        if (AttributeCollector.isLocal(flags)) {
          readLocal(leaf, at, nameidx, flags);
        } else {
          readRemote(leaf, at, nameidx, flags);
        }
      } catch (CorruptImageException e) {
        metadata.anomalies.add(e);
      }
    }
  }

  private void readLocal(StructView leaf, int entry, int at, int flags) throws IOException {
    requireInside(leaf, entry, at, LOCAL_HEADER_BYTES);
    int valuelen = leaf.u16be(at);
    int namelen = leaf.u8(at + 2);
    int name = at + LOCAL_HEADER_BYTES;
    requireInside(leaf, entry, name, namelen + valuelen);
    attributes.add(flags, leaf.bytes(name, namelen), leaf.bytes(name + namelen, valuelen));
  }

  private void readRemote(StructView leaf, int entry, int at, int flags) throws IOException {
    requireInside(leaf, entry, at, REMOTE_HEADER_BYTES);
    long valueblk = leaf.u32be(at);
    long valuelen = leaf.u32be(at + 4);
    int namelen = leaf.u8(at + 8);
    requireInside(leaf, entry, at + REMOTE_HEADER_BYTES, namelen);
    if (valuelen > MAX_VALUE_BYTES) {
      throw leaf.corrupt(XfsFault.ATTRIBUTE_ENTRY, at + 4, "value of " + valuelen + " bytes");
    }
    byte[] value = RemoteValue.attribute(metadata, fork, mappings, valueblk, (int) valuelen);
    attributes.add(flags, leaf.bytes(at + REMOTE_HEADER_BYTES, namelen), value);
  }

  private static void requireInside(StructView leaf, int entry, int at, int lengthBytes)
      throws CorruptImageException {
    if (!leaf.holds(at, lengthBytes)) {
      throw leaf.corrupt(XfsFault.ATTRIBUTE_ENTRY, entry, lengthBytes + " bytes at " + at);
    }
  }
}
