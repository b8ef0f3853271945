package io.amivet.base;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/** Compares two disks that cost nothing to read, piece by piece as it is asked for. */
public final class ComparedBytes implements DiskChanges {
  private static final int PIECE_BYTES = 64 << 10;

  private final BlockDevice base;
  private final BlockDevice disk;
  private final long sizeBytes;
  private final BitSet compared = new BitSet();
  private final BitSet changed = new BitSet();
  private final MemorySegment ofBase = MemorySegment.ofArray(new byte[PIECE_BYTES]);
  private final MemorySegment ofDisk = MemorySegment.ofArray(new byte[PIECE_BYTES]);

  public ComparedBytes(BlockDevice base, BlockDevice disk) {
    this.base = base;
    this.disk = disk;
    this.sizeBytes = Math.min(base.sizeBytes(), disk.sizeBytes());
  }

  @Override
  public synchronized boolean isUnchanged(long offset, long lengthBytes) throws IOException {
    if (offset < 0 || lengthBytes < 0 || offset > sizeBytes - lengthBytes) {
      return false;
    }
    for (long at = offset - offset % PIECE_BYTES; at < offset + lengthBytes; at += PIECE_BYTES) {
      if (!isUnchanged(at)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUnchanged(long start) throws IOException {
    int piece = Math.toIntExact(start / PIECE_BYTES);
    if (!compared.get(piece)) {
      long length = Math.min(PIECE_BYTES, sizeBytes - start);
      MemorySegment one = ofBase.asSlice(0, length);
      MemorySegment other = ofDisk.asSlice(0, length);
      base.read(start, one);
      disk.read(start, other);
      changed.set(piece, one.mismatch(other) >= 0);
      compared.set(piece);
    }
    return !changed.get(piece);
  }
}
