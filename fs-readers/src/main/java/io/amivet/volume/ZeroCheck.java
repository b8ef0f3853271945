package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Whether a volume that nothing recognised holds anything but zeros. */
enum ZeroCheck {
  ONLY_ZEROS,
  HAS_DATA,
  /** Zeros as far as was read, but there is more. */
  UNKNOWN;

  /** Enough for boot loader gaps and small partitions; a hole costs nothing of it. */
  static final long LIMIT_BYTES = 64L << 20;

  private static final int PIECE_BYTES = 256 << 10;

  static ZeroCheck of(BlockDevice volume) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    byte[] zeros = new byte[PIECE_BYTES];
    long budgetBytes = LIMIT_BYTES;
    for (ByteRange range : volume.dataRanges()) {
      for (long at = range.offset(); at < range.end(); at += PIECE_BYTES) {
        if (budgetBytes <= 0) {
          return UNKNOWN;
        }
        int lengthBytes = (int) Math.min(PIECE_BYTES, range.end() - at);
        volume.read(at, MemorySegment.ofArray(piece).asSlice(0, lengthBytes));
        if (!Arrays.equals(piece, 0, lengthBytes, zeros, 0, lengthBytes)) {
          return HAS_DATA;
        }
        budgetBytes -= lengthBytes;
      }
    }
    return ONLY_ZEROS;
  }
}
