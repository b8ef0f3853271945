package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The volume seen as numbered file-system blocks. Every block number that the image states passes
 * through here before it becomes an offset.
 *
 * @param usableBlocks blocks that the superblock counts and the volume holds
 */
record Blocks(BlockDevice volume, Superblock superblock, AnomalyLog anomalies, long usableBlocks) {

  static Blocks of(BlockDevice volume, Superblock superblock, AnomalyLog anomalies) {
    Geometry geometry = superblock.geometry();
    long held = volume.sizeBytes() / geometry.blockSizeBytes();
    return new Blocks(volume, superblock, anomalies, Math.min(held, geometry.blocksCount()));
  }

  int sizeBytes() {
    return superblock.geometry().blockSizeBytes();
  }

  /** Whether {@code count} blocks from {@code first} on may hold data; block 0 never does. */
  boolean holds(long first, long count) {
    return first > 0 && count >= 0 && count <= usableBlocks && first <= usableBlocks - count;
  }

  long offset(long block) {
    return block * sizeBytes();
  }

  /**
   * One block as a structure.
   *
   * @param from the structure that names the block, blamed if there is no such block
   * @param at where in {@code from} the number stands
   */
  StructView block(String name, long block, StructView from, int at) throws IOException {
    if (!holds(block, 1)) {
      throw outOfRange(from, at, block);
    }
    return volume.struct(name, offset(block), sizeBytes());
  }

  CorruptImageException outOfRange(StructView from, int at, long block) {
    return from.corrupt(
        ExtFault.BLOCK_RANGE, at, "block " + block + " of " + superblock.geometry().blocksCount());
  }

  boolean checksums() {
    return superblock.checksumsKnown();
  }

  /** The register that the checksums of one inode and of its blocks start from. */
  int inodeSeed(long number, int generation) {
    return Crc32c.startingAt(superblock.checksumSeed())
        .u32((int) number)
        .u32(generation)
        .register();
  }
}
