package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/** A remote disk in chunks of one size, such as an EBS snapshot. Thread-safe. */
public interface ChunkSource extends Closeable {

  /** Bytes of a chunk: 524288 for EBS. */
  int chunkSizeBytes();

  /** Size of the disk in bytes. */
  long sizeBytes();

  /** Whether the source holds the chunk; one it does not hold is zeros. */
  boolean holds(long chunkIndex);

  /**
   * Fetches one chunk that the source {@link #holds}, verified against its checksum.
   *
   * @param target receives exactly one chunk
   * @return the SHA-256 of the chunk
   * @throws IOException after retries are used up; the message says what to do
   */
  byte[] fetch(long chunkIndex, byte[] target) throws IOException;

  /**
   * Waits until the remote side bears another request. Whoever fetches what nobody waits for yet
   * calls it before {@link #fetchAhead}, so that requests somebody does wait for find no queue.
   */
  default void awaitTurn(long chunkIndex) throws IOException {}

  /** Like {@link #fetch}, for the turn that {@link #awaitTurn} has waited for. */
  default byte[] fetchAhead(long chunkIndex, byte[] target) throws IOException {
    return fetch(chunkIndex, target);
  }

  /** One of the two ways to ask for a chunk. */
  interface Fetch {
    /** As {@link ChunkSource#fetch}. */
    byte[] into(long chunkIndex, byte[] target) throws IOException;
  }

  /** The most chunks to fetch side by side. */
  int concurrency();

  /**
   * How many chunks that nobody waits for are worth being on their way at present: what the remote
   * side answers within its own latency. More would only queue, in front of what is waited for.
   */
  default int worthAhead() {
    return concurrency();
  }

  /**
   * Is told of a chunk that came from what an earlier run has kept, and not from here.
   *
   * @param sha256 of the chunk, as it was when it was fetched and as it is
   */
  default void reused(long chunkIndex, byte[] sha256) {}

  /** What needed no request, since an earlier run has kept it. */
  default Reuse reuse() {
    return Reuse.NONE;
  }

  /**
   * What was kept.
   *
   * @param fetches how many were served from it, those of one chunk after another included
   * @param chunks how many chunks these were
   */
  record Reuse(long fetches, long chunks) {
    public static final Reuse NONE = new Reuse(0, 0);
  }

  /**
   * The chunks in which the source differs from an earlier one of its kind.
   *
   * @param earlier what the remote side calls the other
   * @return empty if such sources cannot be compared
   * @throws IOException if the remote side does not say; the message says what to do
   */
  default Optional<BitSet> changedSince(String earlier) throws IOException {
    return Optional.empty();
  }

  /**
   * From now on, a chunk that is the same in an earlier source need not be fetched if that one has
   * it at hand.
   *
   * @param changed the chunks in which the two differ
   */
  default void readUnchangedFrom(ChunkSource earlier, BitSet changed) {}

  /** What the source has asked of the remote side so far. */
  default Traffic traffic() {
    return Traffic.NONE;
  }

  /**
   * Requests and their price.
   *
   * @param requests all of them, failed ones included
   * @param retries those that repeated an earlier one
   */
  record Traffic(long requests, long retries, double estimatedCostUsd) {
    public static final Traffic NONE = new Traffic(0, 0, 0);
  }

  @Override
  default void close() throws IOException {}
}
