package io.amivet.match;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The contents of one file on their way through the engine; matches carry across pieces. For one
 * thread. May own memory outside the heap, so it is to be closed.
 */
public interface MatchStream extends PieceSink, AutoCloseable {

  /** Passes over zeros. Matches do not carry across. */
  @Override
  void skip(long lengthBytes);

  /**
   * A new buffer of the kind that {@link #feed} searches in place; bytes in any other memory are
   * copied first. Lives no longer than the stream.
   */
  MemorySegment newBuffer(int sizeBytes);

  /** Says that the file is over and returns its hits in order of offset; at most 1,000. */
  List<ContentHit> finish();

  /**
   * How many rules were given up on in this file because matching them cost too much: what they
   * would have found after that point is not among the hits.
   */
  int abortedMatches();

  /** How many hits beyond the limit of {@link #finish} this file had. */
  int droppedHits();

  /** Makes the stream ready for another file. */
  void reset();

  @Override
  void close();
}
