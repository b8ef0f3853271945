package io.amivet.inside;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stands under a library that keeps headers and names in memory, however long they claim to be:
 * while it reads headers, it gets no more than an allowance.
 */
final class HeaderGuard extends FilterInputStream {
  private static final long ALLOWANCE_BYTES = 4 << 20;

  private long allowance = Long.MAX_VALUE;

  HeaderGuard(InputStream in) {
    super(in);
  }

  /** From here on headers are read. */
  void headers() {
    allowance = ALLOWANCE_BYTES;
  }

  /** From here on contents are read. */
  void contents() {
    allowance = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(count);
    return count;
  }

  private void count(int bytes) throws NotSearchedException {
    if (allowance != Long.MAX_VALUE && bytes > 0) {
      allowance -= bytes;
      if (allowance < 0) {
        throw new NotSearchedException("its headers are longer than any");
      }
    }
  }

  /** Leaves what is below open. */
  @Override
  public void close() {}
}
