package io.amivet.file;

import java.io.EOFException;
import java.io.IOException;

/** A file of an image by position, for databases that are too large to be held. */
public interface FileBytes {

  long sizeBytes();

  /**
   * Fills {@code target} wholly from {@code offset} on.
   *
   * @throws EOFException if the range is not wholly inside the file
   * @throws IOException if the image cannot be read there
   */
  void read(long offset, byte[] target) throws IOException;

  /** Bytes that are at hand. */
  static FileBytes of(byte[] bytes) {
    return new FileBytes() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public void read(long offset, byte[] target) throws IOException {
        if (offset < 0 || offset > bytes.length - target.length) {
          throw new EOFException("offset " + offset + " of " + bytes.length + " bytes");
        }
        System.arraycopy(bytes, (int) offset, target, 0, target.length);
      }
    };
  }
}
