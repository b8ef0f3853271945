package io.amivet.ext;

import io.amivet.block.StructView;

/**
 * The checksums of directory blocks: in a false last entry of a leaf ({@code ext4_dir_entry_tail}),
 * behind the last slot of a hash tree's inner block ({@code dx_tail} of {@code fs/ext4/namei.c}).
 * Inline directories have none.
 */
final class DirectoryChecksum {
  private static final int TAIL_BYTES = 12;
  private static final int TAIL_FILE_TYPE = 0xde;

  /** Where limit and count of an inner node stand; the root has two entries and a header first. */
  private static final int NODE_COUNT_AT = 8;

  private static final int ROOT_COUNT_AT = 32;
  private static final int SLOT_BYTES = 8;

  private final Blocks blocks;
  private final DiskInode directory;
  private final int seed;

  DirectoryChecksum(Blocks blocks, DiskInode directory) {
    this.blocks = blocks;
    this.directory = directory;
    this.seed = blocks.checksums() ? directory.seed(blocks) : 0;
  }

  /** Records a mismatch; the block is read all the same. */
  void check(StructView block, boolean first) {
    if (!blocks.checksums()) {
      return;
    }
    if (directory.isIndexed() && first) {
      checkNode(block, ROOT_COUNT_AT);
    } else if (directory.isIndexed() && isInnerNode(block)) {
      checkNode(block, NODE_COUNT_AT);
    } else {
      checkLeaf(block);
    }
  }

  private static boolean isInnerNode(StructView block) {
    int rec_len = block.u16le(0x4);
    return block.u32le(0x0) == 0
        && block.u8(0x6) == 0
        && (rec_len == block.sizeBytes() || rec_len == 0xffff || rec_len == 0);
  }

  private void checkLeaf(StructView block) {
    int at = block.sizeBytes() - TAIL_BYTES;
    if (block.u32le(at) != 0
        || block.u16le(at + 0x4) != TAIL_BYTES
        || block.u8(at + 0x6) != 0
        || block.u8(at + 0x7) != TAIL_FILE_TYPE) {
      record(block, ExtFault.DIRECTORY_TAIL, at);
      return;
    }
    int expected = Crc32c.startingAt(seed).bytes(block.segment(), 0, at).register();
    if (expected != block.i32le(at + 0x8)) {
      record(block, ExtFault.DIRECTORY_CHECKSUM, at + 0x8);
    }
  }

  private void checkNode(StructView block, int countAt) {
    int limit = block.u16le(countAt);
    int count = block.u16le(countAt + 0x2);
    int tailAt = countAt + limit * SLOT_BYTES;
    if (count > limit || !block.holds(tailAt, SLOT_BYTES)) {
      record(block, ExtFault.DIRECTORY_TAIL, countAt);
      return;
    }
    int expected =
        Crc32c.startingAt(seed)
            .bytes(block.segment(), 0, countAt + (long) count * SLOT_BYTES)
            .bytes(block.segment(), tailAt, tailAt + Integer.BYTES)
            .u32(0)
            .register();
    if (expected != block.i32le(tailAt + Integer.BYTES)) {
      record(block, ExtFault.DIRECTORY_CHECKSUM, tailAt + Integer.BYTES);
    }
  }

  private void record(StructView block, ExtFault fault, int at) {
    blocks.anomalies().add(block.anomaly(fault, at, "directory inode " + directory.number()));
  }
}
