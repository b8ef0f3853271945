package io.amivet.match;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Counts line ends in a form that the compiler turns into vector instructions. */
final class Newlines {
  private static final long EACH_NEWLINE = 0x0a0a0a0a0a0a0a0aL;
  private static final long EACH_LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long EACH_ONE = 0x0101010101010101L;
  private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;
  private static final long SUM_OF_SHORTS = 0x0001000100010001L;

  /** Counts of a byte each, so that many words can be added before they overflow. */
  private static final int MAX_WORDS = 255;

  private Newlines() {}

  /** How many of {@code bytes[from, to)} end a line. */
  static int count(MemorySegment bytes, long from, long to) {
    long at = from;
    int count = 0;
    while (to - at >= Long.BYTES) {
      int words = (int) Math.min((to - at) / Long.BYTES, MAX_WORDS);
      count += count(bytes, at, words);
      at += (long) words * Long.BYTES;
    }
    for (; at < to; at++) {
      count += bytes.get(ValueLayout.JAVA_BYTE, at) == '\n' ? 1 : 0;
    }
    return count;
  }

  private static int count(MemorySegment bytes, long from, int words) {
    long counts = 0;
    for (int i = 0; i < words; i++) {
      long word = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) i * Long.BYTES);
      long others = word ^ EACH_NEWLINE;
      // The high bit of each byte that is not zero, then 1 for each that is.
      long nonZero = ((others & EACH_LOW_BITS) + EACH_LOW_BITS) | others;
      counts += (~nonZero >>> 7) & EACH_ONE;
    }
    long pairs = (counts & EVEN_BYTES) + ((counts >>> Byte.SIZE) & EVEN_BYTES);
    return (int) ((pairs * SUM_OF_SHORTS) >>> (Long.SIZE - Short.SIZE));
  }
}
