package io.amivet.volume.lvm;

import java.util.Map;

/** Segment types of LVM2 that are named but not read, and what to call them (lvmthin(7) …). */
final class SegmentType {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("thin", "thin volume"),
          Map.entry("thin-pool", "thin pool"),
          Map.entry("cache", "cached volume"),
          Map.entry("cache-pool", "cache pool"),
          Map.entry("writecache", "volume with a write cache"),
          Map.entry("vdo", "VDO volume"),
          Map.entry("vdo-pool", "VDO pool"),
          Map.entry("integrity", "volume with integrity checksums"),
          Map.entry("snapshot", "snapshot"));

  private SegmentType() {}

  static String describe(String type) {
    String name = NAMES.get(type);
    if (name != null) {
      return name;
    }
    return type.startsWith("raid") ? type + " volume" : "segment type '" + type + "'";
  }

  /** Whether it holds only the blocks of volumes that are listed by themselves. */
  static boolean isPool(String type) {
    return type.equals("thin-pool") || type.equals("cache-pool") || type.equals("vdo-pool");
  }
}
