package io.amivet.btrfs;

import java.util.Locale;

/** How a chunk is spread over devices ({@code BTRFS_BLOCK_GROUP_*} of {@code btrfs_tree.h}). */
enum Profile {
  SINGLE(0),
  RAID0(0x8),
  RAID1(0x10),
  DUP(0x20),
  RAID10(0x40),
  RAID5(0x80),
  RAID6(0x100),
  RAID1C3(0x200),
  RAID1C4(0x400);

  /** All bits that say what is in a chunk and how. */
  static final long KNOWN_BITS = 0x7ffL;

  private static final long PROFILE_BITS = 0x7f8L;

  private final long bit;

  Profile(long bit) {
    this.bit = bit;
  }

  /** The profile of a chunk; null if the bits name none or several. */
  static @org.jspecify.annotations.Nullable Profile of(long chunkType) {
    for (Profile profile : values()) {
      if (profile.bit == (chunkType & PROFILE_BITS)) {
        return profile;
      }
    }
    return null;
  }

  /** Whether each stripe of a chunk of so many stripes holds all of its bytes in order. */
  boolean isMirrored(int stripes, int subStripes) {
    return switch (this) {
      case SINGLE, DUP, RAID1, RAID1C3, RAID1C4 -> true;
      // What is left of a stripe set over one device (or one pair) when the others were removed.
      case RAID0 -> stripes == 1;
      case RAID10 -> stripes == subStripes;
      case RAID5, RAID6 -> false;
    };
  }

  /** As {@code btrfs filesystem usage} has it: {@code raid1}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
