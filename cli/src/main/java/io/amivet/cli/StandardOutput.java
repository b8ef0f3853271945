package io.amivet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/**
 * Standard output that tells a closed pipe from a failure to write. {@code FileOutputStream} says
 * both with an {@link IOException}; only the text of {@code EPIPE} differs.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private final WritableByteChannel channel;

  /** Any stream taken for standard output. */
  StandardOutput(OutputStream out) {
    this(out, Channels.newChannel(out));
  }

  private StandardOutput(OutputStream out, WritableByteChannel channel) {
    this.out = out;
    this.channel = channel;
  }

  /** The standard output of this process. */
  static StandardOutput ofProcess() {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    return new StandardOutput(out, out.getChannel());
  }

  /** Writes all of {@code piece}, from native memory without a copy. */
  void write(ByteBuffer piece) throws IOException {
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw translate(e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw translate(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw translate(e);
    }
  }

  private static IOException translate(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Broken pipe")) {
      return new StdoutClosedException(e);
    }
    return new CommandFailure(ExitCode.INCOMPLETE, "cannot write to standard output: " + message);
  }
}
