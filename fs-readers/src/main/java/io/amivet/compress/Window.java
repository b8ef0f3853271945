package io.amivet.compress;

import io.amivet.compress.BlockCodec.Span;
import java.util.Arrays;

/** The output of an LZ77 decoder, which later parts are copied from. Cuts at its end. */
final class Window {
  /** Longer than any output, and far from overflow. */
  static final int MAX_LENGTH = 1 << 30;

  private final String method;
  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;

  Window(String method, Span out) {
    this.method = method;
    this.bytes = out.bytes();
    this.start = out.offset();
    this.end = out.end();
    this.at = start;
  }

  int made() {
    return at - start;
  }

  int room() {
    return end - at;
  }

  boolean isFull() {
    return at == end;
  }

  /** Takes literals from the input, and returns how many there was room for. */
  int literals(Span in, int from, int length) throws DecodeException {
    int count = Math.min(length, end - at);
    if (count > in.end() - from) {
      throw new DecodeException(method + ": literals end too early");
    }
    System.arraycopy(in.bytes(), from, bytes, at, count);
    at += count;
    return count;
  }

  /** Repeats what was made {@code distance} bytes ago; the copy may overlap itself. */
  void copy(int distance, int length) throws DecodeException {
    if (distance <= 0 || distance > at - start) {
      throw new DecodeException(method + ": copy from before the start");
    }
    int count = Math.min(length, end - at);
    if (distance >= count) {
      System.arraycopy(bytes, at - distance, bytes, at, count);
    } else {
      for (int i = at; i < at + count; i++) {
        bytes[i] = bytes[i - distance];
      }
    }
    at += count;
  }

  void zeros(int length) {
    int count = Math.min(length, end - at);
    Arrays.fill(bytes, at, at + count, (byte) 0);
    at += count;
  }
}
