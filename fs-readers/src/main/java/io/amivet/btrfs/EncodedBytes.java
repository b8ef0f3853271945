package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FilePiece;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file of which some are compressed or lie in items. Keeps the extent that was
 * decoded last, so that reading front to back decodes each once.
 */
final class EncodedBytes implements FileContent.Encoded.Bytes {
  private final FileSystem fs;
  private final List<FileExtent> extents;
  private volatile @Nullable Decoded last;

  /** What an extent holds, beside which extent it is. */
  private record Decoded(FileExtent extent, byte[] bytes) {
    boolean isOf(FileExtent other) {
      return extent.equals(other)
          || (other.kind() != FileExtent.Kind.INLINE
              && extent.diskAddress() == other.diskAddress()
              && extent.diskBytes() == other.diskBytes()
              && extent.decodedBytes() == other.decodedBytes()
              && extent.compression() == other.compression());
    }
  }

  /**
   * @param extents ascending, not overlapping, none of them a hole
   */
  EncodedBytes(FileSystem fs, List<FileExtent> extents) {
    this.fs = fs;
    this.extents = List.copyOf(extents);
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    FilePiece.read(
        extents,
        position,
        target,
        (i, skipped, piece) -> readExtent(extents.get(i), skipped, piece));
  }

  /** Two files whose pieces are the same pieces of the volume have the same bytes. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedBytes that && fs.equals(that.fs) && extents.equals(that.extents);
  }

  @Override
  public int hashCode() {
    return extents.hashCode();
  }

  private void readExtent(FileExtent extent, long skipped, MemorySegment target)
      throws IOException {
    if (extent.compression() != Compression.NONE) {
      byte[] bytes = decoded(extent);
      MemorySegment.copy(
          MemorySegment.ofArray(bytes), extent.offset() + skipped, target, 0, target.byteSize());
    } else if (extent.kind() == FileExtent.Kind.INLINE) {
      MemorySegment bytes = MemorySegment.ofArray(extent.inline());
      MemorySegment.copy(bytes, skipped, target, 0, target.byteSize());
    } else {
      long address = extent.diskAddress() + extent.offset() + skipped;
      fs.volume().read(fs.chunks().locate(address, target.byteSize())[0], target);
    }
  }

  private byte[] decoded(FileExtent extent) throws IOException {
    Decoded known = last;
    if (known == null || !known.isOf(extent)) {
      known = new Decoded(extent, decode(extent));
      last = known;
    }
    return known.bytes();
  }

  /** From the first copy that can be decoded. */
  private byte[] decode(FileExtent extent) throws IOException {
    int sectorBytes = fs.superblock().sectorBytes();
    int length = (int) extent.decodedBytes();
    if (extent.kind() == FileExtent.Kind.INLINE) {
      return Decoder.decode(extent.compression(), extent.inline(), length, sectorBytes, -1);
    }
    CorruptImageException fault = null;
    for (long offset : fs.chunks().locate(extent.diskAddress(), extent.diskBytes())) {
      byte[] stored = new byte[(int) extent.diskBytes()];
      fs.volume().read(offset, MemorySegment.ofArray(stored));
      try {
        long imageOffset = fs.volume().imageOffset(offset);
        return Decoder.decode(extent.compression(), stored, length, sectorBytes, imageOffset);
      } catch (CorruptImageException e) {
        fault = fault == null ? e : fault;
      }
    }
    throw fault == null
        ? new CorruptImageException(BtrfsFault.COMPRESSED, -1, "extent", "no copy")
        : fault;
  }
}
