package io.amivet.fs;

import java.util.ArrayList;
import java.util.List;

/** A bit of a superblock's feature word, with what it means for a reader. */
public interface FeatureBit {

  long bit();

  /** As the format's own tools call it. */
  String label();

  FeatureVerdict verdict();

  default boolean in(long bits) {
    return (bits & bit()) != 0;
  }

  /**
   * Names of the bits that forbid reading: those with that verdict, and those that are not known.
   *
   * @param field name of the word, for unknown bits
   */
  static List<String> refused(FeatureBit[] known, String field, long bits) {
    List<String> names = new ArrayList<>();
    long unknown = bits;
    for (FeatureBit feature : known) {
      if (feature.in(bits) && feature.verdict() == FeatureVerdict.REFUSE) {
        names.add(feature.label());
      }
      unknown &= ~feature.bit();
    }
    names.addAll(unknown(field, unknown));
    return names;
  }

  /** One name a bit, such as {@code incompat bit 0x800}. */
  static List<String> unknown(String field, long bits) {
    List<String> names = new ArrayList<>();
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      names.add(field + " bit 0x" + Long.toHexString(Long.lowestOneBit(rest)));
    }
    return names;
  }
}
