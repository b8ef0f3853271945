package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;

/**
 * Attributes kept inside the inode, {@code struct xfs_attr_sf_hdr} and {@code xfs_attr_sf_entry} of
 * {@code xfs_da_format.h}.
 */
final class ShortFormAttributes {
  private static final int HEADER_BYTES = 4;
  private static final int ENTRY_HEADER_BYTES = 3;

  private ShortFormAttributes() {}

  static void read(StructView sf, AttributeCollector attributes) throws CorruptImageException {
    if (!sf.holds(0, HEADER_BYTES)) {
      throw sf.corrupt(XfsFault.ATTRIBUTE_SHORTFORM, 0, sf.sizeBytes() + " bytes");
    }
    int count = sf.u8(0x02);
    int at = HEADER_BYTES;
    for (int i = 0; i < count; i++) {
      if (!sf.holds(at, ENTRY_HEADER_BYTES)) {
        throw sf.corrupt(XfsFault.ATTRIBUTE_SHORTFORM, 0x02, count + " entries");
      }
      int namelen = sf.u8(at);
      int valuelen = sf.u8(at + 1);
      int flags = sf.u8(at + 2);
      int name = at + ENTRY_HEADER_BYTES;
      if (namelen == 0 || !sf.holds(name, (long) namelen + valuelen)) {
        throw sf.corrupt(XfsFault.ATTRIBUTE_SHORTFORM, at, "entry " + i);
      }
      if (AttributeCollector.isShown(flags)) {
        attributes.add(flags, sf.bytes(name, namelen), sf.bytes(name + namelen, valuelen));
      }
      at = name + namelen + valuelen;
    }
  }
}
