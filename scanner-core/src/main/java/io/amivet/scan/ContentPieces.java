package io.amivet.scan;

import io.amivet.block.ByteRange;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import io.amivet.match.PieceSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Reads the contents of files, each byte once, and shows them to all who want to see them. Holes
 * are passed over without being read. For one thread; keeps its buffer between files.
 */
final class ContentPieces {
  private final MemorySegment buffer;
  private final ScanProgress progress;

  /**
   * @param buffer the size of the pieces
   */
  ContentPieces(MemorySegment buffer, ScanProgress progress) {
    this.buffer = buffer;
    this.progress = progress;
  }

  /**
   * Shows all of a file to the sinks.
   *
   * @param head its first bytes, which are read already
   * @throws IOException if a read failed: the sinks have seen what comes before
   */
  void show(FileContent content, ContentReader reader, byte[] head, List<? extends PieceSink> sinks)
      throws IOException {
    feed(MemorySegment.ofArray(head), sinks);
    long position = head.length;
    for (ByteRange written : content.writtenRanges()) {
      long start = Math.max(position, written.offset());
      if (start < written.end()) {
        skip(start - position, sinks);
        read(reader, start, written.end(), sinks);
        position = written.end();
      }
    }
    skip(content.sizeBytes() - position, sinks);
  }

  private void read(ContentReader reader, long from, long to, List<? extends PieceSink> sinks)
      throws IOException {
    for (long at = from; at < to; ) {
      MemorySegment piece = buffer.asSlice(0, Math.min(buffer.byteSize(), to - at));
      reader.read(at, piece);
      feed(piece, sinks);
      at += piece.byteSize();
      progress.read(piece.byteSize());
    }
  }

  private static void feed(MemorySegment piece, List<? extends PieceSink> sinks) {
    for (PieceSink sink : sinks) {
      sink.feed(piece);
    }
  }

  private static void skip(long lengthBytes, List<? extends PieceSink> sinks) {
    if (lengthBytes > 0) {
      for (PieceSink sink : sinks) {
        sink.skip(lengthBytes);
      }
    }
  }
}
