package io.amivet.ext;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.Extent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  private final boolean recordDamage;

  private final List<Extent> extents = new ArrayList<>();
  private final List<ByteRange> lost = new ArrayList<>();
  private final Set<Long> mapBlocks = new HashSet<>();

  private long fileBlock;
  private long volumeBlock;
  private long count;
  private boolean unwritten;

  private @Nullable CorruptImageException damage;

  /**
   * @param recordDamage make an anomaly of each damaged branch; else who reads the contents meets
   *     it
   */
  BlockMap(Blocks blocks, long fileSizeBytes, boolean recordDamage) {
    this.blocks = blocks;
    this.recordDamage = recordDamage;
    int size = blocks.sizeBytes();
    this.endBlock = fileSizeBytes / size + (fileSizeBytes % size == 0 ? 0 : 1);
  }

  /** Leaves out the branch that {@code e} speaks of, which maps these blocks of the file. */
  void lose(CorruptImageException e, long firstBlock, long afterBlock) {
    if (damage == null) {
      damage = e;
    }
    if (recordDamage) {
      blocks.anomalies().add(e);
    }
    long start = firstBlock * blocks.sizeBytes();
    long end = Math.min(afterBlock, endBlock) * blocks.sizeBytes();
    if (start >= end) {
      return;
    }
    ByteRange last = lost.isEmpty() ? new ByteRange(0, 0) : lost.getLast();
    if (!lost.isEmpty() && start >= last.offset() && start <= last.end()) {
      lost.removeLast();
      start = last.offset();
      end = Math.max(end, last.end());
    }
    lost.add(new ByteRange(start, end - start));
  }

  /** The first damage met; null if no branch was left out. */
  @Nullable CorruptImageException damage() {
    return damage;
  }

  /** The parts of the file that damaged branches mapped. */
  List<ByteRange> lost() {
    return lost;
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
    if (extents.size() + lost.size() > MAX_PIECES) {
      throw from.corrupt(ExtFault.MAP_TOO_LARGE, at, extents.size() + " pieces");
    }
  }

  List<Extent> finish() {
    flush();
    count = 0;
    return extents;
  }
}
