package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One structure gathered from several pieces of a volume, such as a 16 KiB directory block over
 * four scattered 4 KiB blocks. Reads like a device of its own; faults in it still name the place in
 * the image of the piece they lie in.
 */
final class GatheredDevice implements BlockDevice {
  private final BlockDevice volume;
  private final List<ByteRange> pieces;
  private final MemorySegment bytes;

  /** Copies {@code pieces}, which must lie on {@code volume}, together. */
  GatheredDevice(BlockDevice volume, List<ByteRange> pieces) throws IOException {
    this.volume = volume;
    this.pieces = List.copyOf(pieces);
    int size = 0;
    for (ByteRange piece : pieces) {
      size = Math.toIntExact(size + piece.length());
    }
    this.bytes = MemorySegment.ofArray(new byte[size]);
    long at = 0;
    for (ByteRange piece : pieces) {
      volume.read(piece.offset(), bytes.asSlice(at, piece.length()));
      at += piece.length();
    }
  }

  @Override
  public long sizeBytes() {
    return bytes.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    MemorySegment.copy(view(offset, target.byteSize()), 0, target, 0, target.byteSize());
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    return bytes.asSlice(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    return List.of(new ByteRange(0, sizeBytes()));
  }

  @Override
  public long imageOffset(long offset) {
    long start = 0;
    for (ByteRange piece : pieces) {
      if (offset < start + piece.length()) {
        return volume.imageOffset(piece.offset() + offset - start);
      }
      start += piece.length();
    }
    return volume.imageOffset(pieces.getLast().end());
  }

  @Override
  public String toString() {
    return "block gathered from " + pieces.size() + " pieces of " + volume;
  }
}
