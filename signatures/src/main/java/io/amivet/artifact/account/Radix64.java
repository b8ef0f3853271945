package io.amivet.artifact.account;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The radix-64 encoding of {@code $7$} and {@code $y$} hashes: alphabet {@code ./0-9A-Za-z}, least
 * significant six bits first, in groups of three bytes.
 */
final class Radix64 {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Radix64() {}

  /** The number a character stands for, or -1. */
  static int value(char c) {
    return ALPHABET.indexOf(c);
  }

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 3) {
      int length = Math.min(3, bytes.length - i);
      int group = 0;
      for (int k = 0; k < length; k++) {
        group |= (bytes[i + k] & 0xff) << (8 * k);
      }
      for (int bits = 0; bits < 8 * length; bits += 6) {
        text.append(ALPHABET.charAt((group >>> bits) & 63));
      }
    }
    return text.toString();
  }

  /** Empty if the text is not what {@link #encode} writes. */
  static Optional<byte[]> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i += 4) {
      int length = Math.min(4, text.length() - i);
      int group = 0;
      for (int k = 0; k < length; k++) {
        int value = value(text.charAt(i + k));
        if (value < 0) {
          return Optional.empty();
        }
        group |= value << (6 * k);
      }
      int wholeBytes = 6 * length / 8;
      if (wholeBytes == 0 || group >>> (8 * wholeBytes) != 0) {
        return Optional.empty();
      }
      for (int k = 0; k < wholeBytes; k++) {
        bytes.write(group >>> (8 * k));
      }
    }
    return Optional.of(bytes.toByteArray());
  }

  /** Reads the variable-length numbers of yescrypt's parameter string. */
  static final class Numbers {
    private final String text;
    private int position;

    Numbers(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return position == text.length();
    }

    /** The next number, which is at least {@code minimum}; -1 where there is none. */
    int next(int minimum) {
      int c = digit();
      int start = 0;
      int end = 47;
      int more = 0;
      long number = minimum;
      while (c > end) {
        number += (long) (end + 1 - start) << (6 * more);
        start = end + 1;
        end = start + (62 - end) / 2;
        more++;
      }
      number += (long) (c - start) << (6 * more);
      while (more-- > 0) {
        int d = digit();
        if (d < 0) {
          return -1;
        }
        number += (long) d << (6 * more);
      }
      return c < 0 || number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    private int digit() {
      return position < text.length() ? value(text.charAt(position++)) : -1;
    }
  }
}
