package io.amivet.btrfs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The 64-bit xxHash with seed 0, by its published specification. */
final class XxHash64 {
  private static final long PRIME_1 = 0x9e3779b185ebca87L;
  private static final long PRIME_2 = 0xc2b2ae3d27d4eb4fL;
  private static final long PRIME_3 = 0x165667b19e3779f9L;
  private static final long PRIME_4 = 0x85ebca77c2b2ae63L;
  private static final long PRIME_5 = 0x27d4eb2f165667c5L;
  private static final int STRIPE_BYTES = 32;

  private static final ValueLayout.OfLong U64LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  static long of(MemorySegment bytes) {
    long length = bytes.byteSize();
    long at = 0;
    long hash = PRIME_5;
    if (length >= STRIPE_BYTES) {
      // The first prime plus the second, wrapped around.
      long a = 0x60ea27eeadc0b5d6L;
      long b = PRIME_2;
      long c = 0;
      long d = -PRIME_1;
      for (; at <= length - STRIPE_BYTES; at += STRIPE_BYTES) {
        a = round(a, bytes.get(U64LE, at));
        b = round(b, bytes.get(U64LE, at + 8));
        c = round(c, bytes.get(U64LE, at + 16));
        d = round(d, bytes.get(U64LE, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    }
    return avalanche(tail(hash + length, bytes, at));
  }

  private static long round(long accumulator, long lane) {
    return Long.rotateLeft(accumulator + lane * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }

  private static long tail(long start, MemorySegment bytes, long from) {
    long length = bytes.byteSize();
    long hash = start;
    long at = from;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, bytes.get(U64LE, at)), 27) * PRIME_1 + PRIME_4;
    }
    if (at <= length - Integer.BYTES) {
      long word = bytes.get(U32LE, at) & 0xffff_ffffL;
      hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < length; at++) {
      long octet = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      hash = Long.rotateLeft(hash ^ (octet * PRIME_5), 11) * PRIME_1;
    }
    return hash;
  }

  private static long avalanche(long start) {
    long hash = start;
    hash = (hash ^ (hash >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }
}
