package io.amivet.fs;

import io.amivet.block.Ascending;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A contiguous piece of a file's contents, wherever its bytes come from. */
public interface FilePiece {

  /** First byte in the file. */
  long fileOffset();

  /** First byte of the file after this piece. */
  long fileEnd();

  /** Delivers a part of a piece. */
  @FunctionalInterface
  interface Reader {
    /**
     * Fills {@code target} with bytes of one piece.
     *
     * @param index of the piece
     * @param skippedBytes how far into the piece the bytes start
     */
    void read(int index, long skippedBytes, MemorySegment target) throws IOException;
  }

  /** Index of the first piece that ends after a position of the file. */
  static int firstEndingAfter(List<? extends FilePiece> pieces, long position) {
    return Ascending.firstEndingAfter(pieces, FilePiece::fileEnd, position);
  }

  /**
   * Fills {@code target} with the contents from {@code position} on; what no piece covers is zeros.
   *
   * @param pieces ascending, not overlapping
   */
  static void read(
      List<? extends FilePiece> pieces, long position, MemorySegment target, Reader reader)
      throws IOException {
    long end = position + target.byteSize();
    long at = position;
    for (int i = firstEndingAfter(pieces, position); i < pieces.size() && at < end; i++) {
      FilePiece piece = pieces.get(i);
      if (piece.fileOffset() >= end) {
        break;
      }
      if (piece.fileOffset() > at) {
        target.asSlice(at - position, piece.fileOffset() - at).fill((byte) 0);
        at = piece.fileOffset();
      }
      long length = Math.min(end, piece.fileEnd()) - at;
      reader.read(i, at - piece.fileOffset(), target.asSlice(at - position, length));
      at += length;
    }
    if (at < end) {
      target.asSlice(at - position).fill((byte) 0);
    }
  }
}
