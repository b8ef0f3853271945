package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Room for a fixed number of chunks. Who may touch which slot when is the caller's business. */
interface SlotStore extends Closeable {

  int slots();

  /** Fills a slot wholly. After an exception its contents are unknown. */
  void write(int slot, byte[] chunk) throws IOException;

  /** Fills {@code target} from a slot that was written. */
  void copy(int slot, long offsetInChunk, MemorySegment target) throws IOException;
}
