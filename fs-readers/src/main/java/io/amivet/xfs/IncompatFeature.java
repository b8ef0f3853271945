package io.amivet.xfs;

import io.amivet.fs.FeatureBit;
import io.amivet.fs.FeatureVerdict;
import java.util.List;

/**
 * Bits of {@code sb_features_incompat} ({@code XFS_SB_FEAT_INCOMPAT_*} of {@code xfs_format.h}),
 * each with its verdict. A bit that is not listed here is refused.
 */
enum IncompatFeature implements FeatureBit {
  FTYPE(0x1, "ftype", FeatureVerdict.READ),
  /** Inode chunks with holes: inodes are found by number alone, so nothing changes. */
  SPINODES(0x2, "sparse", FeatureVerdict.IGNORE),
  META_UUID(0x4, "meta_uuid", FeatureVerdict.READ),
  BIGTIME(0x8, "bigtime", FeatureVerdict.READ),
  /** The kernel refuses to mount; amivet reads with all its checks on, and says so. */
  NEEDSREPAIR(0x10, "needsrepair", FeatureVerdict.READ),
  NREXT64(0x20, "nrext64", FeatureVerdict.READ),
  /** Concerns the log alone. */
  EXCHRANGE(0x40, "exchrange", FeatureVerdict.IGNORE),
  /** Parent pointers are attributes with a flag of their own, which are skipped. */
  PARENT(0x80, "parent", FeatureVerdict.READ),
  METADIR(0x100, "metadir", FeatureVerdict.REFUSE),
  ZONED(0x200, "zoned", FeatureVerdict.REFUSE),
  ZONE_GAPS(0x400, "zone_gaps", FeatureVerdict.REFUSE);

  private final long bit;
  private final String label;
  private final FeatureVerdict verdict;

  IncompatFeature(long bit, String label, FeatureVerdict verdict) {
    this.bit = bit;
    this.label = label;
    this.verdict = verdict;
  }

  @Override
  public long bit() {
    return bit;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public FeatureVerdict verdict() {
    return verdict;
  }

  /** Names of the bits that forbid reading, unknown ones as {@code incompat bit 0x…}. */
  static List<String> refused(long bits) {
    return FeatureBit.refused(values(), "incompat", bits);
  }
}
