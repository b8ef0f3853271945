package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The block map of ext2 and ext3: 12 block numbers in the inode, then a block of numbers, a block
 * of such blocks, and one of those ({@code EXT4_NDIR_BLOCKS} … {@code EXT4_TIND_BLOCK}). A zero
 * number at any level is a hole as large as what it would have mapped.
 */
final class IndirectMap {
  private static final int DIRECT_COUNT = 12;
  private static final int LEVELS = 3;

  private final Blocks blocks;
  private final BlockMap map;
  private final int perBlock;

  private IndirectMap(Blocks blocks, BlockMap map) {
    this.blocks = blocks;
    this.map = map;
    this.perBlock = blocks.sizeBytes() / Integer.BYTES;
  }

  /** Reads the whole map. */
  static void read(Blocks blocks, DiskInode inode, BlockMap map) throws IOException {
    StructView root = inode.struct().slice("i_block", DiskInode.BLOCK_AT, DiskInode.BLOCK_BYTES);
    IndirectMap reader = new IndirectMap(blocks, map);
    reader.readNumbers(root, 0, DIRECT_COUNT, 0, 0);
    long fileBlock = DIRECT_COUNT;
    long mapped = reader.perBlock;
    for (int level = 1; level <= LEVELS; level++) {
      reader.readNumbers(root, DIRECT_COUNT + level - 1, 1, fileBlock, level);
      fileBlock += mapped;
      mapped *= reader.perBlock;
    }
  }

  /**
   * Reads {@code count} numbers.
   *
   * @param level 0 if they are blocks of the file, else how many levels lie between; at most 3,
   *     which bounds the recursion
   */
  private void readNumbers(StructView numbers, int first, int count, long fileBlock, int level)
      throws IOException {
    long mapped = 1;
    for (int i = 0; i < level; i++) {
      mapped *= perBlock;
    }
    for (int i = 0; i < count && fileBlock + i * mapped < map.endBlock(); i++) {
      int at = (first + i) * Integer.BYTES;
      if (numbers.u32le(at) == 0) {
        continue;
      }
      long start = fileBlock + i * mapped;
      try {
        readOne(numbers, at, start, level);
      } catch (CorruptImageException e) {
        map.lose(e, start, start + mapped);
      }
    }
  }

  private void readOne(StructView numbers, int at, long fileBlock, int level) throws IOException {
    long block = numbers.u32le(at);
    if (level == 0) {
      if (!blocks.holds(block, 1)) {
        throw blocks.outOfRange(numbers, at, block);
      }
      map.add(fileBlock, block, 1, false);
    } else {
      map.enter(block, numbers, at);
      readNumbers(
          blocks.block("indirect block", block, numbers, at), 0, perBlock, fileBlock, level - 1);
    }
  }
}
