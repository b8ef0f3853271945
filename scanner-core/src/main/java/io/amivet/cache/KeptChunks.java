package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A source above files that keep its chunks from one run to the next. A kept chunk whose bytes are
 * damaged is fetched again and takes its place.
 */
public final class KeptChunks implements ChunkSource {
  private final ChunkSource source;
  private final KeptFile file;
  private final KeptFolder folder;
  private final Closeable use;
  private final AtomicLong room = new AtomicLong();
  private final BitSet reused = new BitSet();
  private long reusedFetches;
  private final LongAdder healed = new LongAdder();
  private volatile boolean full;

  /**
   * @param use holds the lock that keeps the files alive; closed with this
   */
  KeptChunks(ChunkSource source, KeptFile file, KeptFolder folder, Closeable use) {
    this.source = source;
    this.file = file;
    this.folder = folder;
    this.use = use;
  }

  @Override
  public byte[] fetch(long chunkIndex, byte[] target) throws IOException {
    return fetch(chunkIndex, target, source::fetch);
  }

  @Override
  public byte[] fetchAhead(long chunkIndex, byte[] target) throws IOException {
    return fetch(chunkIndex, target, source::fetchAhead);
  }

  private byte[] fetch(long chunkIndex, byte[] target, Fetch fetch) throws IOException {
    byte[] kept = file.sha256(chunkIndex);
    if (kept != null && file.read(chunkIndex, kept, target)) {
      countReuse(chunkIndex);
      source.reused(chunkIndex, kept);
      return kept;
    }
    byte[] sha256 = fetch.into(chunkIndex, target);
    if (kept != null) {
      // Its room is its own already.
      file.write(chunkIndex, target, sha256);
      healed.increment();
    } else if (haveRoom()) {
      file.write(chunkIndex, target, sha256);
    }
    return sha256;
  }

  private boolean haveRoom() throws IOException {
    while (!full) {
      long left = room.get();
      if (left > 0 && room.compareAndSet(left, left - 1)) {
        return true;
      }
      if (left == 0) {
        claim();
      }
    }
    return false;
  }

  private synchronized void claim() throws IOException {
    if (room.get() > 0 || full) {
      return;
    }
    if (folder.claim(file)) {
      room.addAndGet(Math.max(1, KeptFolder.CLAIM_BYTES / chunkSizeBytes()));
    } else {
      full = true;
    }
  }

  @Override
  public void awaitTurn(long chunkIndex) throws IOException {
    if (file.sha256(chunkIndex) == null) {
      source.awaitTurn(chunkIndex);
    }
  }

  /** Chunks that were damaged where they were kept and have been fetched again. */
  public long healed() {
    return healed.sum();
  }

  /** Whether the limit was reached, so that what is fetched from now on is not kept. */
  public boolean isFull() {
    return full;
  }

  @Override
  public synchronized Reuse reuse() {
    return new Reuse(reusedFetches, reused.cardinality());
  }

  private synchronized void countReuse(long chunkIndex) {
    reusedFetches++;
    reused.set(Math.toIntExact(chunkIndex));
  }

  @Override
  public int chunkSizeBytes() {
    return source.chunkSizeBytes();
  }

  @Override
  public long sizeBytes() {
    return source.sizeBytes();
  }

  @Override
  public boolean holds(long chunkIndex) {
    return source.holds(chunkIndex);
  }

  @Override
  public int concurrency() {
    return source.concurrency();
  }

  @Override
  public int worthAhead() {
    return source.worthAhead();
  }

  @Override
  public Traffic traffic() {
    return source.traffic();
  }

  @Override
  public void close() throws IOException {
    try (source;
        use;
        file) {
      // All three, whatever becomes of the first.
    }
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
