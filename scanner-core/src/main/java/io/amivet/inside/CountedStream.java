package io.amivet.inside;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * The contents of a member: counts what comes out, and turns whatever a library throws over bytes
 * that do not hold into an {@link IOException}. Closing it does nothing.
 */
final class CountedStream extends InputStream {
  private final InputStream in;
  private final InsideBudget budget;

  CountedStream(InputStream in, InsideBudget budget) {
    this.in = in;
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    budget.check();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException("damaged", e);
    }
    if (count > 0) {
      budget.countBytes(count);
    }
    return count;
  }
}
