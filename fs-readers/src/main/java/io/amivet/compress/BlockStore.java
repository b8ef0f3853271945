package io.amivet.compress;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the decoded blocks that were used last, by where they start on the volume, up to a number
 * of bytes; and which could not be decoded, so that a thousand files in one damaged block do not
 * cost a thousand attempts. Thread-safe; two threads may decode the same block, and one of the
 * results stays.
 */
public final class BlockStore {
  private static final int MAX_DAMAGED = 100_000;

  private final long maxBytes;
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Long, Integer> damaged = new HashMap<>();
  private long heldBytes;

  public BlockStore(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The block that was put for this position, if it is still there; do not modify it. */
  public synchronized byte @Nullable [] get(long position) {
    return blocks.get(position);
  }

  /** Whether decoding this many bytes from this position has failed before. */
  public synchronized boolean isDamaged(long position, int lengthBytes) {
    Integer failed = damaged.get(position);
    return failed != null && lengthBytes >= failed;
  }

  /** Says that this many bytes cannot be decoded from this position; fewer perhaps can. */
  public synchronized void putDamaged(long position, int lengthBytes) {
    if (damaged.size() < MAX_DAMAGED) {
      damaged.merge(position, lengthBytes, Math::min);
    }
  }

  public synchronized void put(long position, byte[] block) {
    byte[] before = blocks.put(position, block);
    heldBytes += block.length - (before == null ? 0 : before.length);
    while (heldBytes > maxBytes && !blocks.isEmpty()) {
      byte[] eldest = blocks.remove(blocks.keySet().iterator().next());
      heldBytes -= eldest == null ? 0 : eldest.length;
    }
  }
}
