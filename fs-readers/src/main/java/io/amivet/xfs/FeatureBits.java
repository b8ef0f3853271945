package io.amivet.xfs;

import java.util.ArrayList;
import java.util.List;

/** Names for feature bits that no enum lists. */
final class FeatureBits {
  private FeatureBits() {}

  /** One name a bit, such as {@code incompat bit 0x800}. */
  static List<String> unknown(String field, long bits) {
    List<String> names = new ArrayList<>();
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      names.add(field + " bit 0x" + Long.toHexString(Long.lowestOneBit(rest)));
    }
    return names;
  }
}
