package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.Extent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The map of one file while it is being read: pieces in the order of the file, neighbours joined,
 * nothing behind the end of the file.
 */
final class BlockMap {
  /** 4 Mi pieces are over 100 MB of records; no real file comes near. */
  private static final int MAX_PIECES = 4 << 20;

  private final Blocks blocks;

  /** First block behind the end of the file. */
  private final long endBlock;

  private final boolean salvage;

  private final List<Extent> extents = new ArrayList<>();
  private final Set<Long> mapBlocks = new HashSet<>();

  private long fileBlock;
  private long volumeBlock;
  private long count;
  private boolean unwritten;

  private boolean whole = true;

  /**
   * @param salvage leave damaged branches out and record them, instead of giving up
   */
  BlockMap(Blocks blocks, long fileSizeBytes, boolean salvage) {
    this.blocks = blocks;
    this.salvage = salvage;
    int size = blocks.sizeBytes();
    this.endBlock = fileSizeBytes / size + (fileSizeBytes % size == 0 ? 0 : 1);
  }

  /** Leaves out the branch that {@code e} speaks of, or throws it. */
  void survive(CorruptImageException e) throws CorruptImageException {
    if (!salvage) {
      throw e;
    }
    whole = false;
    blocks.anomalies().add(e);
  }

  /** Whether no branch was left out. */
  boolean whole() {
    return whole;
  }

  long endBlock() {
    return endBlock;
  }

  /** Adds a piece behind all others. Its blocks were checked to be inside the volume. */
  void add(long atFileBlock, long atVolumeBlock, long blockCount, boolean isUnwritten) {
    long kept = Math.min(blockCount, endBlock - atFileBlock);
    if (kept <= 0) {
      return;
    }
    if (count > 0
        && atFileBlock == fileBlock + count
        && atVolumeBlock == volumeBlock + count
        && isUnwritten == unwritten) {
      count += kept;
      return;
    }
    flush();
    fileBlock = atFileBlock;
    volumeBlock = atVolumeBlock;
    count = kept;
    unwritten = isUnwritten;
  }

  private void flush() {
    if (count > 0) {
      int size = blocks.sizeBytes();
      extents.add(
          new Extent(fileBlock * size, blocks.offset(volumeBlock), count * size, unwritten));
    }
  }

  /**
   * Notes that a block of the map itself is about to be read.
   *
   * @throws CorruptImageException if it was read before: a loop, or a map that unfolds without end
   */
  void enter(long mapBlock, StructView from, int at) throws CorruptImageException {
    if (!mapBlocks.add(mapBlock)) {
      throw from.corrupt(ExtFault.BLOCK_SHARED, at, "block " + mapBlock);
    }
    if (extents.size() > MAX_PIECES) {
      throw from.corrupt(ExtFault.MAP_TOO_LARGE, at, extents.size() + " pieces");
    }
  }

  List<Extent> finish() {
    flush();
    count = 0;
    return extents;
  }
}
