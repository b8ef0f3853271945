package io.amivet.compress;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the decoded blocks that were used last, by where they start on the volume, up to a number
 * of bytes. Thread-safe; two threads may decode the same block, and one of the results stays.
 */
public final class BlockStore {
  private final long maxBytes;
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
  private long heldBytes;

  public BlockStore(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The block that was put for this position, if it is still there; do not modify it. */
  public synchronized byte @Nullable [] get(long position) {
    return blocks.get(position);
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
