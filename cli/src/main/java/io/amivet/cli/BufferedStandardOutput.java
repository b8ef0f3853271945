package io.amivet.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/** Standard output with a buffer for lines, past which large pieces go as they are. */
final class BufferedStandardOutput extends BufferedOutputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final StandardOutput direct;

  BufferedStandardOutput(StandardOutput direct) {
    super(direct, BUFFER_BYTES);
    this.direct = direct;
  }

  /** Writes all of {@code piece} to {@code out} the cheapest way that it knows. */
  static void write(OutputStream out, ByteBuffer piece) throws IOException {
    if (out instanceof BufferedStandardOutput buffered) {
      buffered.flush();
      buffered.direct.write(piece);
      return;
    }
    while (piece.hasRemaining()) {
      Channels.newChannel(out).write(piece);
    }
  }
}
