package io.amivet.cli;

import io.amivet.block.ByteRange;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads contents from front to back through one large buffer, and tells the device of each window
 * before it is read. Not thread-safe: the buffer is reused.
 */
final class ContentPieces {
  private static final int PIECE_BYTES = 1 << 20;

  /** What is announced at once; small enough for a cache, large enough to fetch side by side. */
  static final long WINDOW_BYTES = 32L << 20;

  private final byte[] buffer = new byte[PIECE_BYTES];

  /** Receives one piece; the array is reused afterwards. */
  interface Sink {
    void accept(long position, byte[] buffer, int length) throws IOException;
  }

  /** Every byte, holes as zeros. */
  void all(FileSystemView fs, FileContent content, Sink sink) throws IOException {
    range(fs, content, 0, content.sizeBytes(), sink);
  }

  /** Only bytes that were written: neither holes nor unwritten extents. */
  void written(FileSystemView fs, FileContent content, Sink sink) throws IOException {
    for (ByteRange written : content.writtenRanges()) {
      range(fs, content, written.offset(), written.end(), sink);
    }
  }

  private void range(FileSystemView fs, FileContent content, long start, long end, Sink sink)
      throws IOException {
    ContentReader reader = new ContentReader(fs.volume(), content);
    long announced = start;
    for (long at = start; at < end; ) {
      if (at >= announced) {
        announced = Math.min(end, at + WINDOW_BYTES);
        fs.volume().prefetch(content.storedRanges(at, announced));
      }
      int length = (int) Math.min(PIECE_BYTES, end - at);
      reader.read(at, MemorySegment.ofArray(buffer).asSlice(0, length));
      sink.accept(at, buffer, length);
      at += length;
    }
  }
}
