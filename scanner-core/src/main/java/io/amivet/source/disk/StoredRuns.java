package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;

/** Makes runs out of offsets that a table states, which may lie anywhere. */
final class StoredRuns {
  private StoredRuns() {}

  /**
   * The bytes at {@code fileOffset}, as far as the file holds them.
   *
   * @param table whose entry named the place, for the message
   * @throws CorruptImageException if the file ends before
   */
  static Run at(BlockDevice file, long fileOffset, long lengthBytes, String table)
      throws CorruptImageException {
    long present = file.sizeBytes() - fileOffset;
    if (fileOffset < 0 || present <= 0) {
      throw new CorruptImageException(
          DiskFault.TRUNCATED,
          fileOffset,
          table,
          "data at " + fileOffset + " of a file of " + file.sizeBytes() + " bytes");
    }
    return new Run.Stored(file, fileOffset, Math.min(lengthBytes, present));
  }
}
