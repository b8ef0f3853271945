package io.amivet.xfs;

import io.amivet.block.Ascending;
import io.amivet.block.ByteRange;
import io.amivet.block.MergedRanges;
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
    MergedRanges pieces = new MergedRanges();
    long at = fileBlock;
    long end = fileBlock + count;
    for (int i = Ascending.firstEndingAfter(mappings, Mapping::endBlock, fileBlock);
        i < mappings.size() && at < end;
        i++) {
      Mapping mapping = mappings.get(i);
      if (mapping.fileBlock() > at || mapping.unwritten()) {
        return List.of();
      }
      long blocks = Math.min(end, mapping.endBlock()) - at;
      long offset = mapping.volumeOffset() + ((at - mapping.fileBlock()) << blockLog);
      pieces.add(offset, blocks << blockLog);
      at += blocks;
    }
    return at == end ? pieces.toList() : List.of();
  }
}
