package io.amivet.xfs;

import io.amivet.block.StructView;
import org.jspecify.annotations.Nullable;

/**
 * A run of blocks of one fork, {@code xfs_bmbt_rec}: 128 bits, from the top one bit unwritten, 54
 * bits file block, 52 bits file-system block, 21 bits count.
 *
 * @param fileBlock first block inside the fork
 * @param volumeOffset first byte on the volume, checked to lie in one allocation group
 * @param blocks length
 */
record Mapping(long fileBlock, long volumeOffset, long blocks, boolean unwritten) {
  static final int RECORD_BYTES = 16;

  long endBlock() {
    return fileBlock + blocks;
  }

  /** Decodes the record at {@code at}; null if it leads outside of the file system. */
  static @Nullable Mapping decode(StructView struct, int at, Geometry geometry) {
    long l0 = struct.u64be(at);
    long l1 = struct.u64be(at + 8);
    long fileBlock = (l0 & Long.MAX_VALUE) >>> 9;
    long startBlock = ((l0 & 0x1ff) << 43) | (l1 >>> 21);
    long count = l1 & 0x1f_ffff;
    long offset = geometry.blockOffset(startBlock, count);
    // Beyond this no byte of the file has an offset that fits in 63 bits.
    boolean inFile = fileBlock + count <= Long.MAX_VALUE >> geometry.blockLog();
    return offset < 0 || !inFile ? null : new Mapping(fileBlock, offset, count, l0 < 0);
  }
}
