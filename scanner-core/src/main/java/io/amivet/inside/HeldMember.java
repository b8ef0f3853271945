package io.amivet.inside;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A member that is held in memory, in pieces, to be read by position. */
final class HeldMember implements BlockDevice {
  private static final int PIECE_BYTES = 256 << 10;

  private final List<byte[]> pieces;
  private final long sizeBytes;
  private final String name;

  private HeldMember(List<byte[]> pieces, long sizeBytes, String name) {
    this.pieces = pieces;
    this.sizeBytes = sizeBytes;
    this.name = name;
  }

  static HeldMember read(InputStream in, String name, MemoryTurn memory) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    long size = 0;
    while (true) {
      byte[] piece = in.readNBytes(PIECE_BYTES);
      if (piece.length > 0) {
        memory.use(piece.length);
        pieces.add(piece);
        size += piece.length;
      }
      if (piece.length < PIECE_BYTES) {
        return new HeldMember(pieces, size, name);
      }
    }
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    for (long done = 0; done < target.byteSize(); ) {
      byte[] piece = pieces.get((int) ((offset + done) / PIECE_BYTES));
      int from = (int) ((offset + done) % PIECE_BYTES);
      int count = (int) Math.min(piece.length - from, target.byteSize() - done);
      MemorySegment.copy(piece, from, target, ValueLayout.JAVA_BYTE, done, count);
      done += count;
    }
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    int from = (int) (offset % PIECE_BYTES);
    if (lengthBytes > 0 && from + lengthBytes <= PIECE_BYTES) {
      byte[] piece = pieces.get((int) (offset / PIECE_BYTES));
      return MemorySegment.ofArray(piece).asSlice(from, lengthBytes).asReadOnly();
    }
    byte[] copy = new byte[Math.toIntExact(lengthBytes)];
    read(offset, MemorySegment.ofArray(copy));
    return MemorySegment.ofArray(copy).asReadOnly();
  }

  @Override
  public List<ByteRange> dataRanges() {
    return sizeBytes == 0 ? List.of() : List.of(new ByteRange(0, sizeBytes));
  }

  @Override
  public String toString() {
    return name + " in an archive";
  }
}
