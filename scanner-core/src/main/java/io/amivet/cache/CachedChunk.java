package io.amivet.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One chunk in the cache or on its way there.
 *
 * <p>Readers pin it before they look at its slot; eviction succeeds only while nobody does. A chunk
 * is loaded once: a failed or evicted one is replaced by a new object.
 */
final class CachedChunk {
  private static final int EVICTED = Integer.MIN_VALUE;

  final long index;
  private final AtomicInteger pins = new AtomicInteger();
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile int slot = -1;
  private volatile @Nullable IOException failure;

  /** Set by each read, taken by the eviction clock: a chunk in use gets a second round. */
  volatile boolean used = true;

  CachedChunk(long index) {
    this.index = index;
  }

  /** False if the chunk was evicted; the caller then looks it up anew. */
  boolean tryPin() {
    int before = pins.getAndUpdate(n -> n == EVICTED ? EVICTED : n + 1);
    return before != EVICTED;
  }

  void unpin() {
    pins.decrementAndGet();
  }

  boolean tryEvict() {
    return pins.compareAndSet(0, EVICTED);
  }

  void loaded(int intoSlot) {
    slot = intoSlot;
    settled.countDown();
  }

  void failed(IOException cause) {
    failure = cause;
    settled.countDown();
  }

  /** Waits until the load has ended and answers the slot. */
  int await() throws IOException {
    try {
      settled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    }
    IOException cause = failure;
    if (cause != null) {
      // A new exception, so that each reader gets its own stack trace.
      throw new IOException(cause.getMessage(), cause);
    }
    return slot;
  }
}
