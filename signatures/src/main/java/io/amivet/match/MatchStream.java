package io.amivet.match;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The contents of one file on their way through the engine, fed in order in pieces of any size;
 * matches carry across pieces. For one thread.
 */
public interface MatchStream {

  /** The next bytes of the file. The segment may be reused by the caller afterwards. */
  void feed(MemorySegment piece);

  /**
   * Passes over bytes that are zeros and hold nothing, such as a hole. Matches do not carry across.
   */
  void skip(long lengthBytes);

  /** Says that the file is over and returns its hits in order of offset; at most 1,000. */
  List<ContentHit> finish();

  /**
   * How many rules were given up on in this file because matching them cost too much: what they
   * would have found after that point is not among the hits.
   */
  default int abortedMatches() {
    return 0;
  }

  /** How many hits beyond the limit of {@link #finish} this file had. */
  default int droppedHits() {
    return 0;
  }

  /** Makes the stream ready for another file. */
  void reset();
}
