package io.amivet.cache;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** A remote disk in memory: random bytes, every fifth chunk absent, and a fetch that can fail. */
final class MemorySource implements ChunkSource {
  static final int CHUNK_BYTES = 4096;

  private final byte[] disk;
  final Set<Long> failing = ConcurrentHashMap.newKeySet();
  final ConcurrentHashMap<Long, AtomicInteger> fetches = new ConcurrentHashMap<>();
  final AtomicInteger fetching = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  volatile @Nullable CountDownLatch gate;
  volatile boolean closed;

  MemorySource(int sizeBytes) {
    disk = new byte[sizeBytes];
    new Random(42).nextBytes(disk);
    for (int chunk = 4; chunk * CHUNK_BYTES < sizeBytes; chunk += 5) {
      int end = Math.min((chunk + 1) * CHUNK_BYTES, sizeBytes);
      Arrays.fill(disk, chunk * CHUNK_BYTES, end, (byte) 0);
    }
  }

  byte[] bytes(long offset, int length) {
    return Arrays.copyOfRange(disk, (int) offset, (int) offset + length);
  }

  int fetches() {
    return fetches.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  @Override
  public int chunkSizeBytes() {
    return CHUNK_BYTES;
  }

  @Override
  public long sizeBytes() {
    return disk.length;
  }

  @Override
  public boolean holds(long chunkIndex) {
    return chunkIndex % 5 != 4;
  }

  @Override
  public byte[] fetch(long chunkIndex, byte[] target) throws IOException {
    fetches.computeIfAbsent(chunkIndex, _ -> new AtomicInteger()).incrementAndGet();
    int now = fetching.incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    try {
      CountDownLatch open = gate;
      if (open != null) {
        open.await();
      }
      if (failing.contains(chunkIndex)) {
        throw new IOException("chunk " + chunkIndex + " is lost");
      }
      int start = (int) chunkIndex * CHUNK_BYTES;
      System.arraycopy(disk, start, target, 0, Math.min(CHUNK_BYTES, disk.length - start));
      return DigestUtils.sha256(target);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      fetching.decrementAndGet();
    }
  }

  @Override
  public int concurrency() {
    return 8;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "memory disk";
  }
}
