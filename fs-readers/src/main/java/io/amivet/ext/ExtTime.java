package io.amivet.ext;

import io.amivet.block.StructView;
import java.time.Instant;

/**
 * The timestamps of an inode: signed seconds, and where the inode is large enough an extra word
 * with 30 bits of nanoseconds above two bits that extend the seconds ({@code
 * ext4_decode_extra_time}).
 */
final class ExtTime {
  private static final int EPOCH_BITS = 2;

  private ExtTime() {}

  static Instant seconds(StructView inode, int at) {
    return Instant.ofEpochSecond(inode.i32le(at));
  }

  static Instant extended(StructView inode, int secondsAt, int extraAt) {
    long extra = inode.u32le(extraAt);
    long epoch = extra & ((1 << EPOCH_BITS) - 1);
    return Instant.ofEpochSecond(inode.i32le(secondsAt) + (epoch << 32), extra >>> EPOCH_BITS);
  }
}
