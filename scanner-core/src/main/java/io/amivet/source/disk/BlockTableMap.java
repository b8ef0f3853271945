package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;

/** A disk cut into blocks of one size, each stored in one piece or not at all. */
final class BlockTableMap implements DiskMap {
  private final BlockDevice file;
  private final long sizeBytes;
  private final long blockBytes;
  private final BlockTable table;

  /** Where in the file each block starts. */
  interface BlockTable {
    /** The answer for a block that is not stored and reads as zeros. */
    long HOLE = -1;

    /** Offset in the file, or {@link #HOLE}. */
    long offsetOf(long block) throws IOException;
  }

  BlockTableMap(BlockDevice file, long sizeBytes, long blockBytes, BlockTable table) {
    this.file = file;
    this.sizeBytes = sizeBytes;
    this.blockBytes = blockBytes;
    this.table = table;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public Run runAt(long offset) throws IOException {
    long inBlock = offset % blockBytes;
    long start = table.offsetOf(offset / blockBytes);
    long rest = blockBytes - inBlock;
    return start == BlockTable.HOLE
        ? new Run.Zeros(rest)
        : StoredRuns.at(file, start + inBlock, rest, "block table");
  }
}
