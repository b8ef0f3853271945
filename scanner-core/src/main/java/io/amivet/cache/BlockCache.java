package io.amivet.cache;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.Urgency;
import io.amivet.finding.Coverage.BlockStatistics;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block device over a remote {@link ChunkSource}: each chunk is fetched when it is first needed,
 * kept in a private file of bounded size, and copied out from there.
 *
 * <p>A chunk that the source does not hold reads as zeros and is never fetched. A chunk that could
 * not be fetched stays failed: the source has retried already, so later reads of it fail at once
 * with the same sentence, cost nothing, and {@link #failedChunks} lists it for the report.
 *
 * <p>{@link #view} answers a private copy, since the slot below it may be given to another chunk.
 * Closing the cache stops what is being fetched, removes the file, and closes the source.
 */
public final class BlockCache implements BlockDevice {
  private static final long MAX_VIEW_BYTES = 64L << 20;
  private static final int MIN_SLOTS = 2;

  private final ChunkSource source;
  private final int chunkSizeBytes;
  private final ChunkLoader loader;
  private @Nullable List<ByteRange> dataRanges;

  BlockCache(ChunkSource source, SlotStore store) {
    this.source = source;
    this.chunkSizeBytes = source.chunkSizeBytes();
    this.loader = new ChunkLoader(source, store);
  }

  /**
   * Makes the cache file.
   *
   * @param folder where it goes, created if need be
   * @param limitBytes how large it may grow; at least two chunks are kept
   */
  public static BlockCache open(ChunkSource source, Path folder, long limitBytes)
      throws IOException {
    int chunkBytes = source.chunkSizeBytes();
    long needed = Math.max(1, Math.ceilDiv(source.sizeBytes(), (long) chunkBytes));
    long allowed = Math.clamp(limitBytes / chunkBytes, MIN_SLOTS, Integer.MAX_VALUE - 8);
    int slots = (int) Math.min(needed, allowed);
    return new BlockCache(source, SlotFile.create(folder, slots, chunkBytes));
  }

  @Override
  public long sizeBytes() {
    return source.sizeBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    long done = 0;
    while (done < target.byteSize()) {
      long position = offset + done;
      long inChunk = position % chunkSizeBytes;
      long length = Math.min(chunkSizeBytes - inChunk, target.byteSize() - done);
      long chunk = position / chunkSizeBytes;
      loader.loadAhead(chunk + 1, endChunk(offset + target.byteSize()));
      loader.copy(chunk, inChunk, target.asSlice(done, length));
      done += length;
    }
  }

  private long endChunk(long endOffset) {
    return Math.ceilDiv(endOffset, (long) chunkSizeBytes);
  }

  /** A private copy: it outlives eviction, and even the cache. */
  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    if (lengthBytes > MAX_VIEW_BYTES) {
      throw new IllegalArgumentException("view of " + lengthBytes + " bytes of " + this);
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[(int) lengthBytes]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  @Override
  public synchronized List<ByteRange> dataRanges() {
    List<ByteRange> known = dataRanges;
    if (known == null) {
      known = findDataRanges();
      dataRanges = known;
    }
    return known;
  }

  private List<ByteRange> findDataRanges() {
    List<ByteRange> ranges = new ArrayList<>();
    long chunks = endChunk(sizeBytes());
    long start = -1;
    for (long chunk = 0; chunk <= chunks; chunk++) {
      boolean held = chunk < chunks && source.holds(chunk);
      if (held && start < 0) {
        start = chunk;
      } else if (!held && start >= 0) {
        long offset = start * chunkSizeBytes;
        long end = Math.min(chunk * chunkSizeBytes, sizeBytes());
        ranges.add(new ByteRange(offset, end - offset));
        start = -1;
      }
    }
    return List.copyOf(ranges);
  }

  /** The chunks in which the source differs from an earlier one; empty if it cannot say. */
  public Optional<BitSet> changedSince(String earlier) throws IOException {
    return source.changedSince(earlier);
  }

  /**
   * From now on, what is the same on an earlier disk is not fetched if that one has kept it.
   *
   * @param changed the chunks in which the two differ
   */
  public void readUnchangedFrom(BlockCache earlier, BitSet changed) {
    source.readUnchangedFrom(earlier.source, changed);
  }

  /** Bytes of a chunk of the source. */
  public int chunkSizeBytes() {
    return chunkSizeBytes;
  }

  /**
   * Starts fetching, in ascending order, what the ranges cover and the cache lacks, and returns. A
   * read of a chunk on its way waits for it. What is wanted soon goes before what is wanted
   * eventually, and of the latter no more than half the cache is kept ahead of the reader; the rest
   * follows as it reads.
   */
  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    List<ByteRange> ascending = new ArrayList<>(ranges);
    ascending.sort(null);
    long covered = 0;
    for (ByteRange range : ascending) {
      long first = Math.max(covered, range.offset() / chunkSizeBytes);
      long end = endChunk(Math.min(range.end(), sizeBytes()));
      if (range.length() > 0 && first < end) {
        loader.announce(first, end, urgency);
        covered = end;
      }
    }
  }

  /** Chunks that a read or a prefetch needed and that could not be had. */
  public Set<Long> failedChunks() {
    return loader.failedChunks();
  }

  /** What was fetched so far, for the report. */
  public BlockStatistics statistics() {
    long chunks = endChunk(sizeBytes());
    long present = 0;
    for (ByteRange range : dataRanges()) {
      present += Math.ceilDiv(range.length(), (long) chunkSizeBytes);
    }
    ChunkSource.Traffic traffic = source.traffic();
    ChunkSource.Reuse reuse = source.reuse();
    long fetched = Math.max(0, loader.fetchedChunks() - reuse.fetches());
    return new BlockStatistics(
        chunks,
        present,
        fetched,
        fetched * chunkSizeBytes,
        reuse.chunks(),
        traffic.requests(),
        traffic.retries(),
        traffic.estimatedCostUsd());
  }

  @Override
  public void close() throws IOException {
    try (source) {
      loader.close();
    }
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
