package io.amivet.btrfs;

import io.amivet.fs.FeatureBit;
import io.amivet.fs.FeatureVerdict;
import java.util.List;

/**
 * Bits of {@code incompat_flags} ({@code BTRFS_FEATURE_INCOMPAT_*} of {@code linux/btrfs.h}), each
 * with its verdict. A bit that is not listed here is refused.
 */
enum IncompatFeature implements FeatureBit {
  /** Back references are for finding who uses an extent, which a reader never asks. */
  MIXED_BACKREF(0x1, "mixed_backref", FeatureVerdict.IGNORE),
  DEFAULT_SUBVOL(0x2, "default_subvol", FeatureVerdict.READ),
  /** Chunks that hold data and metadata: nodes are found by address, so nothing changes. */
  MIXED_GROUPS(0x4, "mixed_groups", FeatureVerdict.IGNORE),
  COMPRESS_LZO(0x8, "compress_lzo", FeatureVerdict.READ),
  COMPRESS_ZSTD(0x10, "compress_zstd", FeatureVerdict.READ),
  BIG_METADATA(0x20, "big_metadata", FeatureVerdict.READ),
  /** Names of an inode beyond those that fit one item; names come from the directories. */
  EXTENDED_IREF(0x40, "extended_iref", FeatureVerdict.IGNORE),
  /** Each chunk states its profile, and those are judged one by one. */
  RAID56(0x80, "raid56", FeatureVerdict.READ),
  SKINNY_METADATA(0x100, "skinny_metadata", FeatureVerdict.READ),
  NO_HOLES(0x200, "no_holes", FeatureVerdict.READ),
  METADATA_UUID(0x400, "metadata_uuid", FeatureVerdict.READ),
  RAID1C34(0x800, "raid1c34", FeatureVerdict.READ),
  ZONED(0x1000, "zoned", FeatureVerdict.REFUSE),
  EXTENT_TREE_V2(0x2000, "extent_tree_v2", FeatureVerdict.REFUSE),
  RAID_STRIPE_TREE(0x4000, "raid_stripe_tree", FeatureVerdict.REFUSE),
  /** An item more inside extent items, whose contents are not read. */
  SIMPLE_QUOTA(0x10000, "simple_quota", FeatureVerdict.IGNORE),
  REMAP_TREE(0x20000, "remap_tree", FeatureVerdict.REFUSE);

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
