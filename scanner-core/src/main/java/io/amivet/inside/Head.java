package io.amivet.inside;

import java.util.Arrays;

/** The first bytes of a file, which say what it is: names prove nothing. */
public final class Head {
  /** What a head holds of a file that has as much. */
  public static final int MAX_BYTES = 1024;

  private final byte[] bytes;

  private Head(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The head of a file that starts with {@code start}; a copy. */
  public static Head of(byte[] start) {
    return new Head(Arrays.copyOf(start, Math.min(start.length, MAX_BYTES)));
  }

  /** How many bytes there are. */
  public int length() {
    return bytes.length;
  }

  /** The byte at {@code offset} as 0 to 255, or -1 past the end. */
  public int at(int offset) {
    return offset < bytes.length ? bytes[offset] & 0xff : -1;
  }

  /** Whether the file starts with these bytes: numbers from 0 to 255, or characters. */
  public boolean startsWith(int... magic) {
    return holds(0, magic);
  }

  /** Whether these bytes stand at {@code offset}. */
  public boolean holds(int offset, int... magic) {
    if (offset + magic.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[offset + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }
}
