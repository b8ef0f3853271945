package io.amivet.erofs;

import java.util.ArrayList;
import java.util.List;

/** {@code EROFS_FEATURE_INCOMPAT_*} of {@code erofs_fs.h}, each with its verdict. */
enum IncompatFeature {
  ZERO_PADDING(0x1, true),
  /** Compressor settings, and clusters of several blocks. */
  COMPR_CFGS(0x2, true),
  CHUNKED_FILE(0x4, true),
  /**
   * Other devices, or a second compressor. Files whose contents lie on another device are refused
   * one by one.
   */
  DEVICE_TABLE(0x8, true),
  ZTAILPACKING(0x10, true),
  /** Tails packed into a special inode, and clusters that several files share. */
  FRAGMENTS(0x20, true),
  XATTR_PREFIXES(0x40, true),
  WIDE_ADDRESSES(0x80, false, "48bit"),
  METABOX(0x100, false, "metabox");

  private final int bit;
  private final boolean read;
  private final String label;

  IncompatFeature(int bit, boolean read) {
    this(bit, read, "");
  }

  IncompatFeature(int bit, boolean read, String label) {
    this.bit = bit;
    this.read = read;
    this.label = label;
  }

  boolean in(int bits) {
    return (bits & bit) != 0;
  }

  /** Names of those that forbid reading; an unknown bit is its own name. */
  static List<String> refused(int bits) {
    List<String> names = new ArrayList<>();
    int unknown = bits;
    for (IncompatFeature feature : values()) {
      if (feature.in(bits) && !feature.read) {
        names.add(feature.label);
      }
      unknown &= ~feature.bit;
    }
    for (int bit = 1; bit != 0; bit <<= 1) {
      if ((unknown & bit) != 0) {
        names.add("incompat 0x" + Integer.toHexString(bit));
      }
    }
    return names;
  }
}
