package io.amivet.vectorscan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Bytes on their way through a database; matches carry across pieces. For one thread. */
public final class VectorscanStream implements AutoCloseable {

  /** Told of each end of a match. What it throws ends the search. */
  @FunctionalInterface
  public interface MatchSink {

    /**
     * A match ends here.
     *
     * @param expression its place in the list that was compiled
     * @param endOffset of the byte after the match, from where the stream began
     */
    void found(int expression, long endOffset);
  }

  private static final int GO_ON = 0;
  private static final int STOP = 1;

  private final Vectorscan library;
  private final Arena arena = Arena.ofShared();
  private final MatchSink sink;
  private final MemorySegment onMatch;
  private final MemorySegment scratch;
  private final MemorySegment stream;
  private @Nullable Throwable failure;

  VectorscanStream(Vectorscan library, MemorySegment database, MatchSink sink) {
    this.library = library;
    this.sink = sink;
    this.onMatch = library.linker().upcallStub(callback(), Vectorscan.MATCH_EVENT, arena);
    this.scratch = library.allocScratch(database);
    this.stream = library.openStream(database);
  }

  /** {@link #onMatch} with the arguments that the library gives. */
  private MethodHandle callback() {
    try {
      MethodHandle handle =
          MethodHandles.lookup()
              .bind(this, "onMatch", MethodType.methodType(int.class, int.class, long.class));
      return MethodHandles.permuteArguments(handle, Vectorscan.MATCH_EVENT.toMethodType(), 0, 2);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the library: nothing may be thrown through it. A value other than 0 ends it. */
  @SuppressWarnings("UnusedMethod") // found by name
  private int onMatch(int id, long to) {
    try {
      sink.found(id, to);
      return GO_ON;
    } catch (RuntimeException | Error e) {
      failure = e;
      return STOP;
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
  }

  /**
   * Searches the next bytes.
   *
   * @param piece outside the heap, private to this process: a page of a map that vanishes would end
   *     it
   */
  public void scan(MemorySegment piece) {
    library.scanStream(stream, piece, scratch, onMatch);
    rethrow();
  }

  /** Ends the stream, with the matches that need its end, and begins another. */
  public void reset() {
    library.resetStream(stream, scratch, onMatch);
    rethrow();
  }

  @Override
  public void close() {
    library.closeStream(stream);
    library.freeScratch(scratch);
    arena.close();
  }
}
