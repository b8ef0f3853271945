package io.amivet.btrfs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of the logical address space and where its bytes are, {@code struct btrfs_chunk} of
 * {@code linux/btrfs_tree.h}.
 *
 * @param start logical address
 * @param stripes all of them, also those on other devices
 */
record Chunk(long start, long lengthBytes, Profile profile, int subStripes, List<Stripe> stripes) {
  static final int HEADER_BYTES = 48;
  static final int STRIPE_BYTES = 32;

  /** Where on a device. */
  record Stripe(long deviceId, long offset) {}

  /**
   * @param address the offset of the item's key
   * @param item at least as long as its stripes
   */
  static Chunk parse(long address, StructView item) throws IOException {
    if (!item.holds(0, HEADER_BYTES + STRIPE_BYTES)) {
      throw item.corrupt(BtrfsFault.CHUNK, 0, item.sizeBytes() + " bytes");
    }
    long length = item.u64le(0);
    long type = item.u64le(24);
    int num_stripes = item.u16le(44);
    int sub_stripes = item.u16le(46);
    Profile profile = Profile.of(type);
    if (address < 0 || length <= 0 || address + length < 0 || num_stripes == 0) {
      throw item.corrupt(BtrfsFault.CHUNK, 0, length + " bytes at " + address);
    }
    if (profile == null || (type & ~Profile.KNOWN_BITS) != 0) {
      throw new UnsupportedFeatureException(
          "btrfs chunk", List.of("block group type 0x" + Long.toHexString(type)));
    }
    if (!item.holds(HEADER_BYTES, (long) num_stripes * STRIPE_BYTES)) {
      throw item.corrupt(BtrfsFault.CHUNK, 44, num_stripes + " stripes");
    }
    List<Stripe> stripes = new ArrayList<>(num_stripes);
    for (int i = 0; i < num_stripes; i++) {
      int at = HEADER_BYTES + i * STRIPE_BYTES;
      long offset = item.u64le(at + 8);
      if (offset < 0 || offset + length < 0) {
        throw item.corrupt(BtrfsFault.CHUNK, at + 8, "stripe at " + Long.toUnsignedString(offset));
      }
      stripes.add(new Stripe(item.u64le(at), offset));
    }
    return new Chunk(address, length, profile, sub_stripes, List.copyOf(stripes));
  }

  long end() {
    return start + lengthBytes;
  }

  /** Whether each stripe holds all bytes of the chunk in order. */
  boolean isMirrored() {
    return profile.isMirrored(stripes.size(), subStripes);
  }

  /** What it is, for a person: {@code raid0 over 2 devices}. */
  String describe() {
    long devices = stripes.stream().map(Stripe::deviceId).distinct().count();
    return profile.label() + " over " + devices + (devices == 1 ? " device" : " devices");
  }
}
