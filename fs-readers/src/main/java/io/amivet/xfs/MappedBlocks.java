package io.amivet.xfs;

import io.amivet.block.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Finds the bytes on the volume of a range of blocks of a fork. */
final class MappedBlocks {
  private final List<Mapping> mappings;
  private final int blockLog;

  MappedBlocks(List<Mapping> mappings, Geometry geometry) {
    this.mappings = mappings;
    this.blockLog = geometry.blockLog();
  }

  /**
   * The pieces that hold {@code count} blocks from {@code fileBlock} on, in order; adjoining ones
   * are one. Empty if any of the blocks is a hole or unwritten.
   */
  List<ByteRange> pieces(long fileBlock, long count) {
    List<ByteRange> pieces = new ArrayList<>(1);
    long at = fileBlock;
    long end = fileBlock + count;
    for (int i = firstEndingAfter(fileBlock); i < mappings.size() && at < end; i++) {
      Mapping mapping = mappings.get(i);
      if (mapping.fileBlock() > at || mapping.unwritten()) {
        return List.of();
      }
      long blocks = Math.min(end, mapping.endBlock()) - at;
      long offset = mapping.volumeOffset() + ((at - mapping.fileBlock()) << blockLog);
      add(pieces, new ByteRange(offset, blocks << blockLog));
      at += blocks;
    }
    return at == end ? pieces : List.of();
  }

  private static void add(List<ByteRange> pieces, ByteRange next) {
    if (!pieces.isEmpty() && pieces.getLast().end() == next.offset()) {
      ByteRange last = pieces.removeLast();
      pieces.add(new ByteRange(last.offset(), last.length() + next.length()));
    } else {
      pieces.add(next);
    }
  }

  private int firstEndingAfter(long fileBlock) {
    int low = 0;
    int high = mappings.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mappings.get(middle).endBlock() <= fileBlock) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
