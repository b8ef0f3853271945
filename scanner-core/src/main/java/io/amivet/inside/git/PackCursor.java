package io.amivet.inside.git;

import io.amivet.block.BlockDevice;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads bytes and zlib streams of a pack at one place after another. For one thread. */
final class PackCursor implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MIN_READ_BYTES = 512;

  private final BlockDevice pack;
  private final Inflater inflater = new Inflater();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferStart;
  private int bufferedBytes;
  private long position;
  private int readBytes = BUFFER_BYTES;

  PackCursor(BlockDevice pack) {
    this.pack = pack;
  }

  /** Where the next byte comes from. */
  long position() {
    return position;
  }

  /**
   * Goes to a place.
   *
   * @param expectedBytes about how many will be read from there
   */
  void seek(long offset, long expectedBytes) {
    position = offset;
    readBytes = Math.clamp(expectedBytes, MIN_READ_BYTES, BUFFER_BYTES);
  }

  int u8() throws IOException {
    int at = fill();
    position++;
    return buffer[at] & 0xff;
  }

  byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) u8();
    }
    return bytes;
  }

  /** Makes sure that the byte at the position is buffered; its place in the buffer. */
  private int fill() throws IOException {
    if (position < bufferStart || position >= bufferStart + bufferedBytes) {
      long left = pack.sizeBytes() - position;
      if (left <= 0) {
        throw new EOFException("the pack ends too early");
      }
      int count = (int) Math.min(readBytes, left);
      pack.read(position, MemorySegment.ofArray(buffer).asSlice(0, count));
      bufferStart = position;
      bufferedBytes = count;
    }
    return (int) (position - bufferStart);
  }

  /** Says that a zlib stream starts here. */
  void startStream() {
    inflater.reset();
  }

  /**
   * The next bytes of the stream, at least one; 0 at its end, when the position is behind it.
   *
   * @throws DataFormatException if it is damaged
   * @throws EOFException if the pack ends before it
   */
  private int inflate(byte[] target, int offset, int length)
      throws IOException, DataFormatException {
    while (!inflater.finished()) {
      int at = fill();
      int available = (int) (bufferStart + bufferedBytes - position);
      inflater.setInput(buffer, at, available);
      int made = inflater.inflate(target, offset, length);
      position += available - inflater.getRemaining();
      if (made > 0) {
        return made;
      }
      if (inflater.needsDictionary()) {
        throw new DataFormatException("preset dictionary");
      }
    }
    return 0;
  }

  /** The whole stream, which must give exactly {@code size} bytes. */
  byte[] inflateAll(int size) throws IOException, DataFormatException {
    startStream();
    byte[] bytes = new byte[size];
    int made = 0;
    while (made < size) {
      int count = inflate(bytes, made, size - made);
      if (count == 0) {
        throw new DataFormatException("stream of fewer bytes than stated");
      }
      made += count;
    }
    expectEnd();
    return bytes;
  }

  /** Passes over a stream, which must give exactly {@code size} bytes. */
  void inflatePast(long size, byte[] scratch) throws IOException, DataFormatException {
    startStream();
    for (long left = size; left > 0; ) {
      int count = inflate(scratch, 0, (int) Math.min(left, scratch.length));
      if (count == 0) {
        throw new DataFormatException("stream of fewer bytes than stated");
      }
      left -= count;
    }
    expectEnd();
  }

  private void expectEnd() throws IOException, DataFormatException {
    if (inflate(new byte[1], 0, 1) != 0) {
      throw new DataFormatException("stream of more bytes than stated");
    }
  }

  /** The stream that starts here, as long as nothing else is read. */
  InputStream stream() {
    startStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
          return 0;
        }
        try {
          int count = inflate(target, offset, length);
          return count == 0 ? -1 : count;
        } catch (DataFormatException e) {
          throw new IOException("damaged git object: " + e.getMessage(), e);
        }
      }
    };
  }

  @Override
  public void close() {
    inflater.end();
  }
}
