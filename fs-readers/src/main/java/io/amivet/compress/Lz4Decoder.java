package io.amivet.compress;

import io.amivet.compress.BlockCodec.Span;

/**
 * The LZ4 block format ({@code lz4_Block_format.md}): sequences of literals and a copy from the
 * output, the last without a copy.
 */
final class Lz4Decoder {
  private static final int MIN_MATCH = 4;

  private final Span in;
  private final Window out;
  private int at;

  private Lz4Decoder(Span in, Span out) {
    this.in = in;
    this.out = new Window("lz4", out);
    this.at = in.offset();
  }

  static int decode(Span in, Span out) throws DecodeException {
    return new Lz4Decoder(in, out).run();
  }

  private int run() throws DecodeException {
    if (in.length() == 0) {
      throw new DecodeException("lz4: no bytes");
    }
    while (at < in.end() && !out.isFull()) {
      int token = in.bytes()[at++] & 0xff;
      int literals = length(token >> 4);
      if (literals > in.end() - at && out.room() > in.end() - at) {
        throw new DecodeException("lz4: literals end too early");
      }
      at += out.literals(in, at, literals);
      if (at == in.end() || out.isFull()) {
        break;
      }
      if (in.end() - at < 2) {
        throw new DecodeException("lz4: copy ends too early");
      }
      int distance = (in.bytes()[at] & 0xff) | ((in.bytes()[at + 1] & 0xff) << 8);
      at += 2;
      out.copy(distance, length(token & 0xf) + MIN_MATCH);
    }
    return out.made();
  }

  /** Fifteen in the token means that bytes follow, to be added, as long as they are 255. */
  private int length(int inToken) throws DecodeException {
    int length = inToken;
    if (inToken == 15) {
      int more;
      do {
        if (at == in.end()) {
          throw new DecodeException("lz4: length ends too early");
        }
        more = in.bytes()[at++] & 0xff;
        length = Math.min(length + more, Window.MAX_LENGTH);
      } while (more == 255);
    }
    return length;
  }
}
