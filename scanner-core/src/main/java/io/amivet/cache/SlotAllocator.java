package io.amivet.cache;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands out slots: free ones first, then by a clock over the loaded chunks (second chance), which
 * spares chunks that were prefetched and not yet read as long as there is any other.
 */
final class SlotAllocator {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable CachedChunk[] owners;
  private final ArrayDeque<Integer> freed = new ArrayDeque<>();
  private final Predicate<CachedChunk> isSpared;
  private int neverUsed;
  private int hand;

  SlotAllocator(int slots, Predicate<CachedChunk> isSpared) {
    this.owners = new CachedChunk[slots];
    this.isSpared = isSpared;
  }

  /** A slot, and the chunk that was evicted from it. */
  record Grant(int slot, @Nullable CachedChunk evicted) {}

  /** Waits while every chunk is pinned; a pin lasts no longer than a copy in memory. */
  Grant acquire() throws InterruptedException {
    while (true) {
      Grant grant = tryAcquire();
      if (grant != null) {
        return grant;
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
    }
  }

  private @Nullable Grant tryAcquire() {
    lock.lock();
    try {
      if (!freed.isEmpty()) {
        return new Grant(freed.pop(), null);
      }
      if (neverUsed < owners.length) {
        return new Grant(neverUsed++, null);
      }
      return evict();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Grant evict() {
    // Round one takes the marks off, round two honours only the spared, round three nobody.
    for (int round = 0; round < 3; round++) {
      for (int step = 0; step < owners.length; step++) {
        int slot = hand;
        hand = (hand + 1) % owners.length;
        CachedChunk owner = owners[slot];
        if (owner == null || (round < 2 && isSpared.test(owner))) {
          continue;
        }
        if (owner.used && round == 0) {
          owner.used = false;
          continue;
        }
        if (owner.tryEvict()) {
          owners[slot] = null;
          return new Grant(slot, owner);
        }
      }
    }
    return null;
  }

  void occupy(int slot, CachedChunk chunk) {
    lock.lock();
    try {
      owners[slot] = chunk;
    } finally {
      lock.unlock();
    }
  }

  void release(int slot) {
    lock.lock();
    try {
      freed.push(slot);
    } finally {
      lock.unlock();
    }
  }
}
