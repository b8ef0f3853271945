package io.amivet.source.disk;

import io.amivet.block.StructView;
import java.nio.charset.StandardCharsets;

/**
 * One header block of a tar archive: POSIX ustar with the extensions of GNU tar, {@code struct
 * posix_header} and {@code struct oldgnu_header} of GNU tar's tar.h. Number fields that make no
 * sense come out negative.
 */
record TarHeader(String name, long sizeBytes, char type) {
  static final int BLOCK_BYTES = 512;

  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;

  static TarHeader parse(StructView block) {
    String name = text(block, 0, 100);
    boolean posix = text(block, 257, 6).equals("ustar") && block.u8(262) == 0;
    String prefix = posix ? text(block, 345, 155) : "";
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        number(block, 124, 12),
        (char) block.u8(156));
  }

  /** Whether the sum over the block is right, as signed or unsigned bytes. */
  static boolean isSound(StructView block) {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      boolean inSum = i < CHECKSUM_AT || i >= CHECKSUM_AT + CHECKSUM_BYTES;
      int value = inSum ? block.u8(i) : ' ';
      unsigned += value;
      signed += (byte) value;
    }
    long stored = number(block, CHECKSUM_AT, CHECKSUM_BYTES);
    // The sum of signed bytes may well be -1, which is what no number reads as.
    return stored >= 0 && (stored == unsigned || stored == signed);
  }

  /** Octal digits, or with the first bit set a big-endian number. */
  static long number(StructView block, int at, int lengthBytes) {
    if ((block.u8(at) & 0x80) != 0) {
      return binary(block, at, lengthBytes);
    }
    String digits = text(block, at, lengthBytes).strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
      return -1;
    }
    return Long.parseLong(digits, 8);
  }

  private static long binary(StructView block, int at, int lengthBytes) {
    long value = block.u8(at) & 0x7f;
    for (int i = 1; i < lengthBytes; i++) {
      if (value >>> 55 != 0) {
        return -1;
      }
      value = value << 8 | block.u8(at + i);
    }
    return value;
  }

  static String text(StructView block, int at, int lengthBytes) {
    String text = new String(block.bytes(at, lengthBytes), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
