package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code journal_superblock_t} of {@code linux/jbd2.h}, the first block of a journal. Big-endian,
 * like all of the journal. Skipped: error number, users, limits of a transaction.
 *
 * @param endBlock first block behind the part that holds transactions, {@code j_last}
 * @param totalBlocks first block behind the journal; fast commits lie between the two
 * @param startBlock where the oldest transaction begins; 0 if the journal is empty
 * @param sequence number of the oldest transaction
 * @param wideNumbers block numbers have 64 bits
 * @param checksumSeed the register that checksums of version 2 and 3 start from
 */
record JournalSuperblock(
    int blockSizeBytes,
    long firstBlock,
    long endBlock,
    long totalBlocks,
    long startBlock,
    int sequence,
    boolean wideNumbers,
    boolean fastCommits,
    Checksums checksums,
    int checksumSeed) {
  static final int SIZE_BYTES = 1024;
  static final int MAGIC = 0xc03b3998;

  private static final int TYPE_V1 = 3;
  private static final int TYPE_V2 = 4;
  private static final int CHECKSUM_AT = 0xfc;
  private static final int CHECKSUM_TYPE_CRC32C = 4;
  private static final int COMPAT_CHECKSUM = 0x1;
  private static final int INCOMPAT_64BIT = 0x2;
  private static final int INCOMPAT_CSUM_V2 = 0x8;
  private static final int INCOMPAT_CSUM_V3 = 0x10;
  private static final int INCOMPAT_FAST_COMMIT = 0x20;

  /** Also revoke records, 0x1, and asynchronous commits, 0x4: neither changes how to read. */
  private static final int INCOMPAT_KNOWN = 0x3f;

  private static final long DEFAULT_FAST_COMMIT_BLOCKS = 256;
  private static final long MIN_JOURNAL_BLOCKS = 1024;

  /** What is checked of a transaction. */
  enum Checksums {
    NONE,
    /** One CRC-32 over all blocks of a transaction, in its commit block. */
    WHOLE_TRANSACTION,
    /** CRC-32C of each block, of data blocks the lower half. */
    V2,
    /** CRC-32C of each block. */
    V3;

    boolean perBlock() {
      return this == V2 || this == V3;
    }
  }

  /**
   * Takes the superblock apart, with the checks of {@code journal_load_superblock}.
   *
   * @param blockSizeBytes of the file system, which must be the journal's too
   * @param heldBlocks length of the file that the journal is in
   * @throws UnsupportedFeatureException if a feature forbids replaying the journal
   */
  static JournalSuperblock parse(StructView sb, int blockSizeBytes, long heldBlocks)
      throws CorruptImageException, UnsupportedFeatureException {
    int h_magic = sb.i32be(0x0);
    int h_blocktype = sb.i32be(0x4);
    if (h_magic != MAGIC || (h_blocktype != TYPE_V1 && h_blocktype != TYPE_V2)) {
      throw bad(sb, 0x0, "magic 0x" + Integer.toHexString(h_magic) + ", type " + h_blocktype);
    }
    long s_blocksize = sb.u32be(0xc);
    if (s_blocksize != blockSizeBytes) {
      throw bad(sb, 0xc, "blocks of " + s_blocksize + " bytes");
    }
    long s_maxlen = sb.u32be(0x10);
    if (s_maxlen > heldBlocks) {
      throw bad(sb, 0x10, s_maxlen + " blocks in a file of " + heldBlocks);
    }
    int compat = h_blocktype == TYPE_V2 ? sb.i32be(0x24) : 0;
    int incompat = h_blocktype == TYPE_V2 ? sb.i32be(0x28) : 0;
    refuseUnknown(incompat, h_blocktype == TYPE_V2 ? sb.i32be(0x2c) : 0);
    Checksums checksums = checksums(sb, compat, incompat);
    boolean fastCommits = (incompat & INCOMPAT_FAST_COMMIT) != 0;
    long endBlock = fastCommits ? s_maxlen - fastCommitBlocks(sb, s_maxlen) : s_maxlen;
    return new JournalSuperblock(
        blockSizeBytes,
        blockInLog(sb, 0x14, 1, endBlock),
        endBlock,
        s_maxlen,
        blockInLog(sb, 0x1c, 0, endBlock),
        sb.i32be(0x18),
        (incompat & INCOMPAT_64BIT) != 0,
        fastCommits,
        checksums,
        Crc32c.startingAt(Crc32c.ALL_ONES).bytes(sb.bytes(0x30, 16)).register());
  }

  private static void refuseUnknown(int incompat, int roCompat) throws UnsupportedFeatureException {
    List<String> names = new ArrayList<>();
    int unknown = incompat & ~INCOMPAT_KNOWN;
    if (unknown != 0) {
      names.add("unknown incompatible feature 0x" + Integer.toHexString(unknown));
    }
    if (roCompat != 0) {
      names.add("unknown read-only compatible feature 0x" + Integer.toHexString(roCompat));
    }
    if (!names.isEmpty()) {
      throw new UnsupportedFeatureException("the journal", names);
    }
  }

  private static Checksums checksums(StructView sb, int compat, int incompat)
      throws CorruptImageException {
    boolean whole = (compat & COMPAT_CHECKSUM) != 0;
    int perBlock = incompat & (INCOMPAT_CSUM_V2 | INCOMPAT_CSUM_V3);
    if (perBlock == 0) {
      return whole ? Checksums.WHOLE_TRANSACTION : Checksums.NONE;
    }
    if (whole || perBlock == (INCOMPAT_CSUM_V2 | INCOMPAT_CSUM_V3)) {
      throw bad(sb, 0x28, "checksums of two kinds");
    }
    int s_checksum_type = sb.u8(0x50);
    if (s_checksum_type != CHECKSUM_TYPE_CRC32C) {
      throw bad(sb, 0x50, "checksum type " + s_checksum_type);
    }
    int expected =
        Crc32c.startingAt(Crc32c.ALL_ONES)
            .bytes(sb.segment(), 0, CHECKSUM_AT)
            .u32(0)
            .bytes(sb.segment(), CHECKSUM_AT + Integer.BYTES, SIZE_BYTES)
            .register();
    if (expected != sb.i32be(CHECKSUM_AT)) {
      throw bad(sb, CHECKSUM_AT, "checksum mismatch");
    }
    return perBlock == INCOMPAT_CSUM_V2 ? Checksums.V2 : Checksums.V3;
  }

  /** {@code jbd2_journal_get_num_fc_blks}; no room is kept if too little would be left. */
  private static long fastCommitBlocks(StructView sb, long totalBlocks) {
    long s_num_fc_blks = sb.u32be(0x54);
    long wanted = s_num_fc_blks == 0 ? DEFAULT_FAST_COMMIT_BLOCKS : s_num_fc_blks;
    return totalBlocks - wanted >= MIN_JOURNAL_BLOCKS ? wanted : 0;
  }

  private static long blockInLog(StructView sb, int at, long lowest, long endBlock)
      throws CorruptImageException {
    long block = sb.u32be(at);
    if (block < lowest || block >= endBlock) {
      throw bad(sb, at, "block " + block + " of " + endBlock);
    }
    return block;
  }

  private static CorruptImageException bad(StructView sb, int at, String detail) {
    return sb.corrupt(ExtFault.JOURNAL_SUPERBLOCK, at, detail);
  }

  boolean isEmpty() {
    return startBlock == 0;
  }

  /** The block after {@code block} in the ring. */
  long next(long block) {
    return block + 1 < endBlock ? block + 1 : firstBlock;
  }

  /** Blocks that transactions can fill, which bounds every walk through them. */
  long ringBlocks() {
    return endBlock - firstBlock;
  }
}
