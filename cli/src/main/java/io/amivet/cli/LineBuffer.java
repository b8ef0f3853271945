package io.amivet.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of text put together as bytes. A listing has tens of thousands of lines of mostly ASCII,
 * for which formatters and encoders cost more than the walk.
 */
final class LineBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int START_BYTES = 512;

  private byte[] bytes = new byte[START_BYTES];
  private int length;
  private final byte[] digits = new byte[20];

  /** Ready-made text, encoded once. */
  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  int length() {
    return length;
  }

  LineBuffer add(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  LineBuffer add(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  LineBuffer utf8(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  LineBuffer number(long value) {
    return padded(value, 0);
  }

  /** A number right-aligned in {@code width} columns. */
  LineBuffer padded(long value, int width) {
    if (value < 0) {
      return spaces(width - Long.toString(value).length()).utf8(Long.toString(value));
    }
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    int count = digits.length - at;
    spaces(width - count);
    reserve(count);
    System.arraycopy(digits, at, bytes, length, count);
    length += count;
    return this;
  }

  private LineBuffer spaces(int count) {
    for (int i = 0; i < count; i++) {
      add(' ');
    }
    return this;
  }

  /** A number of exactly {@code width} digits. */
  LineBuffer zeroPadded(int value, int width) {
    reserve(width);
    int rest = value;
    for (int i = width - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
    return this;
  }

  /** Permission bits as four octal digits. */
  LineBuffer octal(int mode) {
    for (int shift = 9; shift >= 0; shift -= 3) {
      add((char) ('0' + (mode >> shift & 7)));
    }
    return this;
  }

  LineBuffer hex(byte[] value) {
    reserve(2 * value.length);
    for (byte b : value) {
      bytes[length++] = HEX[b >> 4 & 0xf];
      bytes[length++] = HEX[b & 0xf];
    }
    return this;
  }

  /** Sixteen bits as four upper-case digits. */
  LineBuffer hex4(int value) {
    for (int shift = 12; shift >= 0; shift -= 4) {
      add(Character.toUpperCase((char) HEX[value >> shift & 0xf]));
    }
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
