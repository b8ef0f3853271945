package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The extent tree of an inode: {@code ext4_extent_header}, {@code ext4_extent_idx} and {@code
 * ext4_extent} of {@code ext4_extents.h}. Extents count file-system blocks, with bigalloc too.
 */
final class ExtentTree {
  private static final int MAGIC = 0xf30a;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_DEPTH = 5;

  /** Longer extents are unwritten, and so much shorter ({@code EXT_INIT_MAX_LEN}). */
  private static final int MAX_WRITTEN_BLOCKS = 1 << 15;

  private final Blocks blocks;
  private final DiskInode inode;
  private final BlockMap map;

  /** First file block not yet covered: extents must ascend over the whole tree. */
  private long nextFileBlock;

  private ExtentTree(Blocks blocks, DiskInode inode, BlockMap map) {
    this.blocks = blocks;
    this.inode = inode;
    this.map = map;
  }

  /** Reads the whole tree into {@code map}. */
  static void read(Blocks blocks, DiskInode inode, BlockMap map) throws IOException {
    StructView root =
        inode.struct().slice("ext4_extent_header", DiskInode.BLOCK_AT, DiskInode.BLOCK_BYTES);
    new ExtentTree(blocks, inode, map).readNode(root, -1, map.endBlock());
  }

  /**
   * Recursion is bounded: each level's depth must be one less than its parent's.
   *
   * @param afterBlock first block of the file that the node does not map
   */
  private void readNode(StructView node, int expectedDepth, long afterBlock) throws IOException {
    int eh_magic = node.u16le(0x0);
    int eh_entries = node.u16le(0x2);
    int eh_max = node.u16le(0x4);
    int eh_depth = node.u16le(0x6);
    if (eh_magic != MAGIC) {
      throw node.corrupt(
          ExtFault.EXTENT_MAGIC, 0x0, describe("0x" + Integer.toHexString(eh_magic)));
    }
    if (expectedDepth < 0 ? eh_depth > MAX_DEPTH : eh_depth != expectedDepth) {
      throw node.corrupt(ExtFault.EXTENT_DEPTH, 0x6, describe("depth " + eh_depth));
    }
    if (eh_entries > eh_max || ENTRY_BYTES * (eh_max + 1) > node.sizeBytes()) {
      throw node.corrupt(
          ExtFault.EXTENT_COUNT, 0x2, describe(eh_entries + " entries of " + eh_max));
    }
    if (expectedDepth >= 0) {
      checkChecksum(node, ENTRY_BYTES * (eh_max + 1));
    }
    for (int i = 1; i <= eh_entries; i++) {
      int at = i * ENTRY_BYTES;
      long after = i < eh_entries ? node.u32le(at + ENTRY_BYTES) : afterBlock;
      if (eh_depth == 0) {
        addExtent(node, at, after);
      } else if (!readBranch(node, at, eh_depth - 1, after)) {
        return;
      }
    }
  }

  private void checkChecksum(StructView node, int tailAt) {
    if (!blocks.checksums() || !node.holds(tailAt, Integer.BYTES)) {
      return;
    }
    int expected =
        Crc32c.startingAt(inode.seed(blocks)).bytes(node.segment(), 0, tailAt).register();
    if (expected != node.i32le(tailAt)) {
      blocks.anomalies().add(node.anomaly(ExtFault.EXTENT_CHECKSUM, tailAt, describe("")));
    }
  }

  private void addExtent(StructView node, int at, long afterBlock) {
    try {
      addChecked(node, at);
    } catch (CorruptImageException e) {
      map.lose(e, node.u32le(at), afterBlock);
    }
  }

  private void addChecked(StructView node, int at) throws CorruptImageException {
    long ee_block = node.u32le(at);
    int ee_len = node.u16le(at + 0x4);
    long ee_start = ((long) node.u16le(at + 0x6) << 32) | node.u32le(at + 0x8);
    boolean unwritten = ee_len > MAX_WRITTEN_BLOCKS;
    int count = unwritten ? ee_len - MAX_WRITTEN_BLOCKS : ee_len;
    if (count == 0) {
      throw node.corrupt(ExtFault.EXTENT_LENGTH, at + 0x4, describe("block " + ee_block));
    }
    if (ee_block < nextFileBlock) {
      throw node.corrupt(
          ExtFault.EXTENT_ORDER, at, describe("block " + ee_block + " before " + nextFileBlock));
    }
    if (!blocks.holds(ee_start, count)) {
      throw node.corrupt(
          ExtFault.EXTENT_RANGE, at + 0x6, describe(count + " blocks from " + ee_start));
    }
    nextFileBlock = ee_block + count;
    map.add(ee_block, ee_start, count, unwritten);
  }

  /** Returns false if this and all further branches lie behind the end of the file. */
  private boolean readBranch(StructView node, int at, int depth, long afterBlock)
      throws IOException {
    long ei_block = node.u32le(at);
    if (ei_block >= map.endBlock()) {
      return false;
    }
    try {
      if (ei_block < nextFileBlock) {
        throw node.corrupt(ExtFault.EXTENT_ORDER, at, describe("index of block " + ei_block));
      }
      long ei_leaf = ((long) node.u16le(at + 0x8) << 32) | node.u32le(at + 0x4);
      map.enter(ei_leaf, node, at + 0x4);
      readNode(blocks.block("ext4_extent_header", ei_leaf, node, at + 0x4), depth, afterBlock);
    } catch (CorruptImageException e) {
      map.lose(e, ei_block, afterBlock);
    }
    return true;
  }

  private String describe(String detail) {
    return "inode " + inode.number() + (detail.isEmpty() ? "" : ", " + detail);
  }
}
