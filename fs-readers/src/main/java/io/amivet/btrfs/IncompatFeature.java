package io.amivet.btrfs;

import java.util.ArrayList;
import java.util.List;

/**
 * Bits of {@code incompat_flags} ({@code BTRFS_FEATURE_INCOMPAT_*} of {@code linux/btrfs.h}), each
 * with its verdict. A bit that is not listed here is refused.
 */
enum IncompatFeature {
  /** Back references are for finding who uses an extent, which a reader never asks. */
  MIXED_BACKREF(0x1, "mixed_backref", Verdict.IGNORE),
  DEFAULT_SUBVOL(0x2, "default_subvol", Verdict.READ),
  /** Chunks that hold data and metadata: nodes are found by address, so nothing changes. */
  MIXED_GROUPS(0x4, "mixed_groups", Verdict.IGNORE),
  COMPRESS_LZO(0x8, "compress_lzo", Verdict.READ),
  COMPRESS_ZSTD(0x10, "compress_zstd", Verdict.READ),
  BIG_METADATA(0x20, "big_metadata", Verdict.READ),
  /** Names of an inode beyond those that fit one item; names come from the directories. */
  EXTENDED_IREF(0x40, "extended_iref", Verdict.IGNORE),
  /** Each chunk states its profile, and those are judged one by one. */
  RAID56(0x80, "raid56", Verdict.READ),
  SKINNY_METADATA(0x100, "skinny_metadata", Verdict.READ),
  NO_HOLES(0x200, "no_holes", Verdict.READ),
  METADATA_UUID(0x400, "metadata_uuid", Verdict.READ),
  RAID1C34(0x800, "raid1c34", Verdict.READ),
  ZONED(0x1000, "zoned", Verdict.REFUSE),
  EXTENT_TREE_V2(0x2000, "extent_tree_v2", Verdict.REFUSE),
  RAID_STRIPE_TREE(0x4000, "raid_stripe_tree", Verdict.REFUSE),
  /** An item more inside extent items, whose contents are not read. */
  SIMPLE_QUOTA(0x10000, "simple_quota", Verdict.IGNORE),
  REMAP_TREE(0x20000, "remap_tree", Verdict.REFUSE);

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
    for (long rest = unknown; rest != 0; rest &= rest - 1) {
      names.add("incompat bit 0x" + Long.toHexString(Long.lowestOneBit(rest)));
    }
    return names;
  }
}
