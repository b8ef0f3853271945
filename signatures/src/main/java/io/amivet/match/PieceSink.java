package io.amivet.match;

import java.lang.foreign.MemorySegment;

/** Sees the bytes of one file, each once and in order, in pieces of any size. */
public interface PieceSink {

  /** The next bytes of the file. The segment may be reused by the caller afterwards. */
  void feed(MemorySegment piece);

  /** The next bytes are zeros that hold nothing, such as a hole. */
  void skip(long lengthBytes);
}
