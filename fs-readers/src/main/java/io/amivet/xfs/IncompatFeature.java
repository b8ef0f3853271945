package io.amivet.xfs;

import java.util.ArrayList;
import java.util.List;

/**
 * Bits of {@code sb_features_incompat} ({@code XFS_SB_FEAT_INCOMPAT_*} of {@code xfs_format.h}),
 * each with its verdict. A bit that is not listed here is refused.
 */
enum IncompatFeature {
  FTYPE(0x1, "ftype", Verdict.READ),
  /** Inode chunks with holes: inodes are found by number alone, so nothing changes. */
  SPINODES(0x2, "sparse", Verdict.IGNORE),
  META_UUID(0x4, "meta_uuid", Verdict.READ),
  BIGTIME(0x8, "bigtime", Verdict.READ),
  /** The kernel refuses to mount; amivet reads with all its checks on, and says so. */
  NEEDSREPAIR(0x10, "needsrepair", Verdict.READ),
  NREXT64(0x20, "nrext64", Verdict.READ),
  /** Concerns the log alone. */
  EXCHRANGE(0x40, "exchrange", Verdict.IGNORE),
  /** Parent pointers are attributes with a flag of their own, which are skipped. */
  PARENT(0x80, "parent", Verdict.READ),
  METADIR(0x100, "metadir", Verdict.REFUSE),
  ZONED(0x200, "zoned", Verdict.REFUSE),
  ZONE_GAPS(0x400, "zone_gaps", Verdict.REFUSE);

  private final long bit;
  private final String label;
  private final Verdict verdict;

  IncompatFeature(long bit, String label, Verdict verdict) {
    this.bit = bit;
    this.label = label;
    this.verdict = verdict;
  }

  boolean in(long bits) {
    return (bits & bit) != 0;
  }

  Verdict verdict() {
    return verdict;
  }

  /** Names of the bits that forbid reading, unknown ones as {@code incompat bit 0x…}. */
  static List<String> refused(long bits) {
    List<String> names = new ArrayList<>();
    long unknown = bits;
    for (IncompatFeature feature : values()) {
      if (feature.in(bits) && feature.verdict == Verdict.REFUSE) {
        names.add(feature.label);
      }
      unknown &= ~feature.bit;
    }
    names.addAll(FeatureBits.unknown("incompat", unknown));
    return names;
  }
}
