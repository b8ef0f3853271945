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
    long end = position + target.byteSize();
    long at = position;
    for (int i = firstEndingAfter(position); i < extents.size() && at < end; i++) {
      EncodedExtent extent = extents.get(i);
      if (extent.fileOffset() >= end) {
        break;
      }
      if (extent.fileOffset() > at) {
        target.asSlice(at - position, extent.fileOffset() - at).fill((byte) 0);
        at = extent.fileOffset();
      }
      long length = Math.min(end, extent.fileEnd()) - at;
      MemorySegment bytes = MemorySegment.ofArray(decoder.decode(i));
      MemorySegment.copy(bytes, at - extent.fileOffset(), target, at - position, length);
      at += length;
    }
    if (at < end) {
      target.asSlice(at - position).fill((byte) 0);
    }
  }

  private int firstEndingAfter(long position) {
    int low = 0;
    int high = extents.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (extents.get(middle).fileEnd() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
