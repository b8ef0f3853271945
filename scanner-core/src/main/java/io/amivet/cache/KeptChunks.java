package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

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
  private volatile @Nullable Shared shared;

  /** An earlier disk, and where this one differs from it. */
  private record Shared(KeptChunks earlier, BitSet changed) {}

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
    if (kept != null && readKept(file, chunkIndex, kept, target)) {
      return kept;
    }
    byte[] sha256 = readShared(chunkIndex, target);
    if (sha256 == null) {
      sha256 = fetch.into(chunkIndex, target);
    }
    if (kept != null) {
      // Its room is its own already.
      file.write(chunkIndex, target, sha256);
      healed.increment();
    } else if (haveRoom()) {
      file.write(chunkIndex, target, sha256);
    }
    return sha256;
  }

  private boolean readKept(KeptFile from, long chunkIndex, byte[] sha256, byte[] target)
      throws IOException {
    if (!from.read(chunkIndex, sha256, target)) {
      return false;
    }
    countReuse(chunkIndex);
    source.reused(chunkIndex, sha256);
    return true;
  }

  /** The SHA-256 of a chunk that is unchanged and kept of the earlier disk, else null. */
  private byte @Nullable [] readShared(long chunkIndex, byte[] target) throws IOException {
    KeptFile earlier = sharedFile(chunkIndex);
    byte[] sha256 = earlier == null ? null : earlier.sha256(chunkIndex);
    boolean whole =
        earlier != null && sha256 != null && readKept(earlier, chunkIndex, sha256, target);
    return whole ? sha256 : null;
  }

  private @Nullable KeptFile sharedFile(long chunkIndex) {
    Shared with = shared;
    return with == null || with.changed().get(Math.toIntExact(chunkIndex))
        ? null
        : with.earlier().file;
  }

  @Override
  public void readUnchangedFrom(ChunkSource earlier, BitSet changed) {
    if (earlier instanceof KeptChunks kept && kept.chunkSizeBytes() == chunkSizeBytes()) {
      shared = new Shared(kept, (BitSet) changed.clone());
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
    KeptFile other = sharedFile(chunkIndex);
    boolean kept = file.sha256(chunkIndex) != null;
    if (!kept && (other == null || other.sha256(chunkIndex) == null)) {
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
  public Optional<BitSet> changedSince(String earlier) throws IOException {
    return source.changedSince(earlier);
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
