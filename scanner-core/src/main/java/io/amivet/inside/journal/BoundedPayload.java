package io.amivet.inside.journal;

import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, of which there should be so many. */
final class BoundedPayload extends InputStream {
  private final InputStream in;
  private long left;
  private boolean cut;

  BoundedPayload(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /** Bytes that were not read yet. */
  long left() {
    return left;
  }

  /** Whether the stream ended before. */
  boolean isCut() {
    return cut;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(left, length));
    if (count < 0) {
      cut = true;
      return -1;
    }
    left -= count;
    return count;
  }
}
