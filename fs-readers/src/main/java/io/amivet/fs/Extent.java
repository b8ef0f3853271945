package io.amivet.fs;

/**
 * A contiguous piece of a file's contents on its volume.
 *
 * @param fileOffset first byte in the file
 * @param volumeOffset first byte on the volume
 * @param lengthBytes length on disk; the last extent may reach past the end of the file
 * @param unwritten allocated but never written ({@code fallocate}): reads as zeros, whatever the
 *     disk holds
 */
public record Extent(long fileOffset, long volumeOffset, long lengthBytes, boolean unwritten)
    implements FilePiece {

  public Extent {
    if (fileOffset < 0
        || volumeOffset < 0
        || lengthBytes <= 0
        || fileOffset + lengthBytes < 0
        || volumeOffset + lengthBytes < 0) {
      throw new IllegalArgumentException(
          "bad extent: file=" + fileOffset + " volume=" + volumeOffset + " length=" + lengthBytes);
    }
  }

  @Override
  public long fileEnd() {
    return fileOffset + lengthBytes;
  }
}
