package io.amivet.fs;

import io.amivet.block.ByteRange;

/**
 * A contiguous piece of a file's contents that is not stored as it reads: compressed, packed with
 * other files, or kept elsewhere than on the volume.
 *
 * @param fileOffset first byte in the file
 * @param lengthBytes length in the file; the last piece may reach past the end of the file
 * @param stored where on the volume its bytes are made from; of length 0 if they are not there
 */
public record EncodedExtent(long fileOffset, long lengthBytes, ByteRange stored)
    implements FilePiece {

  public EncodedExtent {
    if (fileOffset < 0 || lengthBytes <= 0 || fileOffset + lengthBytes < 0) {
      throw new IllegalArgumentException(
          "bad extent: file=" + fileOffset + " length=" + lengthBytes);
    }
  }

  @Override
  public long fileEnd() {
    return fileOffset + lengthBytes;
  }
}
