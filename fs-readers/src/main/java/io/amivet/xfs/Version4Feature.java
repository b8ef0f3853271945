package io.amivet.xfs;

import io.amivet.fs.FeatureBit;
import io.amivet.fs.FeatureVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Bits of {@code sb_versionnum} (low half) and {@code sb_features2} (high half) of a version 4
 * superblock ({@code XFS_SB_VERSION_*BIT}, {@code XFS_SB_VERSION2_*BIT} of {@code xfs_format.h}).
 * Unlike version 5, the kernel refuses every bit it does not know; so does amivet.
 */
enum Version4Feature {
  ATTR(0x10L, FeatureVerdict.READ),
  NLINK(0x20L, FeatureVerdict.READ),
  QUOTA(0x40L, FeatureVerdict.IGNORE),
  ALIGN(0x80L, FeatureVerdict.IGNORE),
  DALIGN(0x100L, FeatureVerdict.IGNORE),
  SHARED(0x200L, FeatureVerdict.IGNORE),
  LOGV2(0x400L, FeatureVerdict.READ),
  SECTOR(0x800L, FeatureVerdict.READ),
  EXTFLG(0x1000L, FeatureVerdict.READ),
  DIRV2(0x2000L, FeatureVerdict.READ),
  /** ASCII case-insensitive names: only the hashes differ, names are stored as given. */
  BORG(0x4000L, FeatureVerdict.IGNORE),
  MOREBITS(0x8000L, FeatureVerdict.READ),
  LAZYSBCOUNT(0x2L << 32, FeatureVerdict.IGNORE),
  ATTR2(0x8L << 32, FeatureVerdict.IGNORE),
  PROJID32(0x80L << 32, FeatureVerdict.IGNORE),
  FTYPE(0x200L << 32, FeatureVerdict.READ);

  private final long bit;
  private final FeatureVerdict verdict;

  Version4Feature(long bit, FeatureVerdict verdict) {
    this.bit = bit;
    this.verdict = verdict;
  }

  FeatureVerdict verdict() {
    return verdict;
  }

  boolean in(long bits) {
    return (bits & bit) != 0;
  }

  /** Both fields in one number; {@code sb_features2} counts only under MOREBITS. */
  static long bits(int versionnum, long features2) {
    long low = versionnum & 0xfff0;
    return MOREBITS.in(low) ? low | (features2 << 32) : low;
  }

  /** What forbids reading: unknown bits, and formats older than the kernel reads. */
  static List<String> refused(long bits) {
    List<String> names = new ArrayList<>();
    if (!DIRV2.in(bits)) {
      names.add("version 1 directories");
    }
    if (!EXTFLG.in(bits)) {
      names.add("extents without unwritten flag");
    }
    long unknown = bits;
    for (Version4Feature feature : values()) {
      unknown &= ~feature.bit;
    }
    names.addAll(FeatureBit.unknown("features2", unknown >>> 32));
    return names;
  }
}
