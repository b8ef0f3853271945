package io.amivet.vectorscan;

import java.lang.foreign.MemorySegment;

/** Expressions compiled for matching; may be used by any number of threads at once. */
public final class VectorscanDatabase implements AutoCloseable {
  private final Vectorscan library;
  private final MemorySegment address;

  VectorscanDatabase(Vectorscan library, MemorySegment address) {
    this.library = library;
    this.address = address;
  }

  /** A form that {@link Vectorscan#deserialize} takes back. */
  public byte[] serialize() {
    return library.serialize(address);
  }

  /** A new stream with its own working memory. The database must outlive it. */
  public VectorscanStream open(VectorscanStream.MatchSink sink) {
    return new VectorscanStream(library, address, sink);
  }

  @Override
  public void close() {
    library.freeDatabase(address);
  }
}
