package io.amivet.inside;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that one file of the image uses for members held and for dictionaries. A little is
 * free; whoever needs more waits for its turn, so that the sum does not grow with the threads.
 */
final class MemoryTurn implements AutoCloseable {
  private static final long FREE_BYTES = 4L << 20;

  private final long limitBytes;
  private final ReentrantLock turn;
  private long usedBytes;
  private boolean mine;

  MemoryTurn(long limitBytes, ReentrantLock turn) {
    this.limitBytes = limitBytes;
    this.turn = turn;
  }

  void use(long bytes) throws NotSearchedException {
    if (bytes > limitBytes - usedBytes) {
      throw new NotSearchedException("it needs more than " + (limitBytes >> 20) + " MiB of memory");
    }
    usedBytes += bytes;
    if (usedBytes > FREE_BYTES && !mine) {
      turn.lock();
      mine = true;
    }
  }

  long usedBytes() {
    return usedBytes;
  }

  /** Gives back what was used since {@link #usedBytes} said {@code bytes}. */
  void backTo(long bytes) {
    usedBytes = bytes;
    if (mine && usedBytes <= FREE_BYTES) {
      mine = false;
      turn.unlock();
    }
  }

  @Override
  public void close() {
    backTo(0);
  }
}
