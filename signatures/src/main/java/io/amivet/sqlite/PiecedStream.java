package io.amivet.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of pieces that are made one after the other. */
abstract class PiecedStream extends InputStream {
  private byte[] piece;
  private int at;
  private boolean ended;

  /**
   * @param first the piece in front
   */
  PiecedStream(byte[] first) {
    this.piece = first;
  }

  /** The next piece behind the first, or null after the last. */
  abstract byte @Nullable [] nextPiece() throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    while (at == piece.length && !ended && length > 0) {
      byte[] next = nextPiece();
      ended = next == null;
      piece = next == null ? piece : next;
      at = next == null ? at : 0;
    }
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, piece.length - at);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(piece, at, target, offset, count);
    at += count;
    return count;
  }
}
