package io.amivet.source;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The pages of a map that were looked at. They count as memory of the process for as long as they
 * are mapped, so that walking a million inodes would show hundreds of megabytes; past a limit all
 * are given back. Nothing becomes invalid by that: the kernel maps a page again when it is looked
 * at.
 *
 * <p>Thread-safe. The count is of stretches as large as the kernel maps at one fault, and may be a
 * little off when threads race.
 */
final class MappedPages implements AutoCloseable {
  /** {@code fault_around_bytes} of {@code mm/memory.c}. */
  private static final int MIN_STRETCH_LOG = 16;

  private static final long MAX_STRETCHES = 1 << 22;
  static final long LIMIT_BYTES = 64L << 20;

  private final MemorySegment map;
  private final int stretchLog;
  private final AtomicLongArray seen;
  private final AtomicLong seenCount = new AtomicLong();
  private final Thread advice;

  MappedPages(MemorySegment map) {
    this.map = map;
    int log = MIN_STRETCH_LOG;
    while (map.byteSize() >>> log >= MAX_STRETCHES) {
      log++;
    }
    this.stretchLog = log;
    this.seen = new AtomicLongArray((int) (map.byteSize() >>> log >>> 6) + 1);
    // Beside the rest of the start, since linking the first call of C takes a while.
    this.advice = Thread.ofPlatform().daemon().unstarted(() -> LinuxCalls.adviseRandom(map));
    this.advice.start();
  }

  /** Says that a part of the map will be looked at. */
  void touch(long offset, long lengthBytes) {
    long last = (offset + Math.max(lengthBytes, 1) - 1) >>> stretchLog;
    for (long stretch = offset >>> stretchLog; stretch <= last; stretch++) {
      int word = (int) (stretch >>> 6);
      long bit = 1L << stretch;
      if ((seen.getPlain(word) & bit) == 0) {
        seen.getAndAccumulate(word, bit, (a, b) -> a | b);
        if (seenCount.incrementAndGet() << stretchLog > LIMIT_BYTES) {
          release();
        }
      }
    }
  }

  private synchronized void release() {
    if (seenCount.get() << stretchLog <= LIMIT_BYTES) {
      return;
    }
    for (int i = 0; i < seen.length(); i++) {
      seen.setPlain(i, 0);
    }
    seenCount.set(0);
    LinuxCalls.releasePages(map);
  }

  /** Waits until nothing here uses the map any more. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (advice.isAlive()) {
      try {
        advice.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
