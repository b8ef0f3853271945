package io.amivet.match;

import java.nio.charset.StandardCharsets;

/**
 * A growing buffer of bytes as Latin-1 text that counts how often it is looked at. {@code
 * java.util.regex} asks for each character through {@link #charAt}, so a matcher that backtracks
 * without end meets the limit instead.
 */
final class GuardedText implements CharSequence {
  private final byte[] bytes;
  private int length;
  private long allowance;

  GuardedText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The allowance is used up. Without a stack trace: it is a signal, not an error. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("matching costs too much", null, false, false);
    }
  }

  void setLength(int length) {
    this.length = length;
  }

  void allow(long looks) {
    this.allowance = looks;
  }

  long allowance() {
    return allowance;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (--allowance < 0) {
      throw new Exhausted();
    }
    return (char) (bytes[index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
