package io.amivet.fs;

import io.amivet.block.BlockDevice;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Reads a file's contents, wherever they lie. Positional and thread-safe. */
public final class ContentReader {
  private final BlockDevice volume;
  private final FileContent content;

  public ContentReader(BlockDevice volume, FileContent content) {
    this.volume = volume;
    this.content = content;
  }

  public long sizeBytes() {
    return content.sizeBytes();
  }

  /**
   * Fills {@code target} with the contents from {@code position} on; holes and unwritten extents
   * give zeros.
   *
   * @throws EOFException if the range reaches past the end of the file
   */
  public void read(long position, MemorySegment target) throws IOException {
    long length = target.byteSize();
    if (position < 0 || position > content.sizeBytes() - length) {
      throw new EOFException("read past the end of a file of " + content.sizeBytes() + " bytes");
    }
    switch (content) {
      case FileContent.Inline inline ->
          MemorySegment.copy(MemorySegment.ofArray(inline.bytes()), position, target, 0, length);
      case FileContent.Mapped mapped ->
          FilePiece.read(
              mapped.extents(),
              position,
              target,
              (i, skipped, piece) -> readExtent(mapped.extents().get(i), skipped, piece));
      case FileContent.Encoded encoded -> encoded.bytes().read(position, target);
    }
  }

  private void readExtent(Extent extent, long skippedBytes, MemorySegment target)
      throws IOException {
    if (extent.unwritten()) {
      target.fill((byte) 0);
    } else {
      volume.read(extent.volumeOffset() + skippedBytes, target);
    }
  }

  /**
   * The first {@code limitBytes} of the contents at most.
   *
   * @param limitBytes a cap that the caller can afford in memory
   */
  public byte[] readUpTo(int limitBytes) throws IOException {
    byte[] bytes = new byte[(int) Math.min(limitBytes, content.sizeBytes())];
    read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** The contents as a stream that reads without a buffer of its own; read in large pieces. */
  public InputStream stream() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
          return 0;
        }
        int count = (int) Math.min(length, content.sizeBytes() - position);
        if (count <= 0) {
          return -1;
        }
        ContentReader.this.read(position, MemorySegment.ofArray(buffer).asSlice(offset, count));
        position += count;
        return count;
      }
    };
  }
}
