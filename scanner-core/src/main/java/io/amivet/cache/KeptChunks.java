package io.amivet.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
  private final FileChannel use;
  private final AtomicLong room = new AtomicLong();
  private final BitSet reused = new BitSet();
  private long reusedFetches;
  private final LongAdder healed = new LongAdder();
  private volatile boolean full;

  /**
   * @param use holds the lock that keeps the files alive; closed with this
   */
  KeptChunks(ChunkSource source, KeptFile file, KeptFolder folder, FileChannel use) {
    this.source = source;
    this.file = file;
    this.folder = folder;
    this.use = use;
  }

  @Override
  public void fetch(long chunkIndex, byte[] target) throws IOException {
    fetch(chunkIndex, target, source::fetch);
  }

  @Override
  public void fetchAhead(long chunkIndex, byte[] target) throws IOException {
    fetch(chunkIndex, target, source::fetchAhead);
  }

  private interface Fetch {
    void into(long chunkIndex, byte[] target) throws IOException;
  }

  private void fetch(long chunkIndex, byte[] target, Fetch fetch) throws IOException {
    boolean kept = file.has(chunkIndex);
    byte[] sha256 = kept ? file.read(chunkIndex, target) : null;
    if (sha256 != null) {
      countReuse(chunkIndex);
      source.reused(chunkIndex, sha256);
      return;
    }
    fetch.into(chunkIndex, target);
    if (kept) {
      // Its room is its own already.
      file.write(chunkIndex, target);
      healed.increment();
    } else if (haveRoom()) {
      file.write(chunkIndex, target);
    }
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
    if (!file.has(chunkIndex)) {
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
