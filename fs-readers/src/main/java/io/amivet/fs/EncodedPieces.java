package io.amivet.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Encoded contents delivered extent by extent: each is decoded as a whole, and holes are zeros.
 * Keeps nothing; a format whose extents are larger than the pieces that are read keeps them.
 */
public final class EncodedPieces implements FileContent.Encoded.Bytes {
  private final List<EncodedExtent> extents;
  private final Decoder decoder;

  /**
   * @param extents as in {@link FileContent.Encoded}
   */
  public EncodedPieces(List<EncodedExtent> extents, Decoder decoder) {
    this.extents = List.copyOf(extents);
    this.decoder = decoder;
  }

  /** Decodes one extent. Thread-safe. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * The bytes of the extent, all that lie inside the file; do not modify.
     *
     * @throws io.amivet.block.CorruptImageException if they cannot be decoded
     */
    byte[] decode(int index) throws IOException;
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    FilePiece.read(
        extents,
        position,
        target,
        (i, skipped, piece) -> {
          MemorySegment bytes = MemorySegment.ofArray(decoder.decode(i));
          MemorySegment.copy(bytes, skipped, piece, 0, piece.byteSize());
        });
  }
}
