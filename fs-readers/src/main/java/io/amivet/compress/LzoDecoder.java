package io.amivet.compress;

import io.amivet.compress.BlockCodec.Span;

/**
 * LZO1X as the kernel's {@code Documentation/staging/lzo.rst} describes it, with the runs of zeros
 * of its version 1.
 */
final class LzoDecoder {
  /** The last instruction was a run of literals. */
  private static final int AFTER_RUN = 4;

  private static final int VERSION_MARK = 17;
  private static final int SHORTEST_VERSIONED = 5;
  private static final int END_DISTANCE = 16384;
  private static final int ZEROS_DISTANCE = 0xbfff;

  private final Span in;
  private final Window out;
  private int at;

  /** How many literals followed the last copy (0 to 3), or {@link #AFTER_RUN}. */
  private int state;

  private boolean zeroRuns;
  private boolean ended;

  private LzoDecoder(Span in, Span out) {
    this.in = in;
    this.out = new Window("lzo", out);
    this.at = in.offset();
  }

  static int decode(Span in, Span out) throws DecodeException {
    LzoDecoder decoder = new LzoDecoder(in, out);
    decoder.first();
    while (!decoder.ended && !decoder.out.isFull()) {
      decoder.instruction();
    }
    return decoder.out.made();
  }

  private void first() throws DecodeException {
    int first = peek();
    if (first == VERSION_MARK && in.length() >= SHORTEST_VERSIONED) {
      at++;
      zeroRuns = next() != 0;
      first = peek();
    }
    if (first > VERSION_MARK) {
      at++;
      int count = first - VERSION_MARK;
      literals(count);
      state = Math.min(count, AFTER_RUN);
    }
  }

  private void instruction() throws DecodeException {
    int code = next();
    if (code >= 64) {
      int length = code >= 128 ? 5 + ((code >> 5) & 3) : 3 + ((code >> 5) & 1);
      copy((next() << 3) + ((code >> 2) & 7) + 1, length, code & 3);
    } else if (code >= 32) {
      int length = 2 + length(code & 31, 31);
      int operand = u16le();
      copy((operand >> 2) + 1, length, operand & 3);
    } else if (code >= 16) {
      far(code);
    } else if (state == 0) {
      literals(3 + length(code, 15));
      state = AFTER_RUN;
    } else {
      int distance = (next() << 2) + (code >> 2) + 1;
      boolean afterRun = state == AFTER_RUN;
      copy(afterRun ? distance + 2048 : distance, afterRun ? 3 : 2, code & 3);
    }
  }

  /** A copy from afar, which also stands for a run of zeros and for the end. */
  private void far(int code) throws DecodeException {
    int lengthBits = code & 7;
    if (zeroRuns && (code & 8) != 0 && in.end() - at >= 3 && zeros(lengthBits)) {
      return;
    }
    int length = 2 + length(lengthBits, 7);
    int operand = u16le();
    int distance = END_DISTANCE + ((code & 8) << 11) + (operand >> 2);
    if (distance == END_DISTANCE) {
      ended = true;
    } else {
      copy(distance, length, operand & 3);
    }
  }

  private boolean zeros(int lengthBits) throws DecodeException {
    int operand = (in.bytes()[at] & 0xff) | ((in.bytes()[at + 1] & 0xff) << 8);
    if (END_DISTANCE + (8 << 11) + (operand >> 2) != ZEROS_DISTANCE) {
      return false;
    }
    at += 2;
    out.zeros(((next() << 3) | lengthBits) + 4);
    trailing(operand & 3);
    return true;
  }

  private void copy(int distance, int length, int literalsAfter) throws DecodeException {
    out.copy(distance, length);
    trailing(literalsAfter);
  }

  private void trailing(int count) throws DecodeException {
    literals(count);
    state = count;
  }

  private void literals(int count) throws DecodeException {
    at += out.literals(in, at, count);
  }

  /** Zero bits mean that bytes follow: each zero adds 255, the first other byte itself. */
  private int length(int bits, int base) throws DecodeException {
    if (bits != 0) {
      return bits;
    }
    int length = base;
    int more = next();
    while (more == 0) {
      length = Math.min(length + 255, Window.MAX_LENGTH);
      more = next();
    }
    return length + more;
  }

  private int u16le() throws DecodeException {
    return next() | (next() << 8);
  }

  private int next() throws DecodeException {
    int value = peek();
    at++;
    return value;
  }

  private int peek() throws DecodeException {
    if (at >= in.end()) {
      throw new DecodeException("lzo: ends too early");
    }
    return in.bytes()[at] & 0xff;
  }
}
