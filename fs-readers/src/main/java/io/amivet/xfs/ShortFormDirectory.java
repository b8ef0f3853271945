package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;

/**
 * A directory kept inside its inode, {@code struct xfs_dir2_sf_hdr} and {@code xfs_dir2_sf_entry}
 * of {@code xfs_da_format.h}: no {@code .} and {@code ..}, inode numbers of four or eight bytes.
 */
final class ShortFormDirectory {
  private static final int ENTRY_HEADER_BYTES = 3;

  private ShortFormDirectory() {}

  /**
   * Gives every entry to {@code names}; stops at the first that does not fit.
   *
   * @param sf the data fork, cut to {@code di_size}
   */
  static void read(StructView sf, boolean hasFileType, EntryCollector names)
      throws CorruptImageException {
    if (!sf.holds(0, 6)) {
      throw sf.corrupt(XfsFault.DIRECTORY_SHORTFORM, 0, sf.sizeBytes() + " bytes");
    }
    int count = sf.u8(0x00);
    // One number that needs eight bytes makes all of them eight bytes wide.
    int inodeBytes = sf.u8(0x01) == 0 ? 4 : 8;
    int at = 2 + inodeBytes;
    for (int i = 0; i < count; i++) {
      int namelen = sf.holds(at, ENTRY_HEADER_BYTES) ? sf.u8(at) : 0;
      int inumber = at + ENTRY_HEADER_BYTES + namelen + (hasFileType ? 1 : 0);
      if (namelen == 0 || !sf.holds(inumber, inodeBytes)) {
        names.damaged(sf, XfsFault.DIRECTORY_SHORTFORM, Math.min(at, sf.sizeBytes() - 1));
        return;
      }
      long number = inodeBytes == 4 ? sf.u32be(inumber) : sf.u64be(inumber);
      names.add(sf, at + ENTRY_HEADER_BYTES, namelen, number);
      at = inumber + inodeBytes;
    }
    if (at != sf.sizeBytes()) {
      // The entries fill di_size exactly (xfs_dir2_sf_verify): the count hides the rest.
      names.damaged(sf, XfsFault.DIRECTORY_SHORTFORM, at);
    }
  }
}
