package io.amivet.xfs;

import io.amivet.fs.FeatureBit;
import io.amivet.fs.FeatureVerdict;
import java.util.List;

/**
 * Bits of {@code sb_features_ro_compat} ({@code XFS_SB_FEAT_RO_COMPAT_*} of {@code xfs_format.h}):
 * each adds a structure that a reader does without. Unknown ones forbid writing only, and are
 * noted.
 */
enum RoCompatFeature {
  FINOBT(0x1),
  RMAPBT(0x2),
  REFLINK(0x4),
  INOBTCNT(0x8);

  private final long bit;

  RoCompatFeature(long bit) {
    this.bit = bit;
  }

  /** Always {@link FeatureVerdict#IGNORE}, which is what "read-only compatible" means. */
  FeatureVerdict verdict() {
    return FeatureVerdict.IGNORE;
  }

  boolean in(long bits) {
    return (bits & bit) != 0;
  }

  static List<String> unknown(long bits) {
    long unknown = bits;
    for (RoCompatFeature feature : values()) {
      unknown &= ~feature.bit;
    }
    return FeatureBit.unknown("ro_compat", unknown);
  }
}
