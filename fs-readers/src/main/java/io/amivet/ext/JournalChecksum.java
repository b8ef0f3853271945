package io.amivet.ext;

import io.amivet.block.StructView;
import java.lang.foreign.MemorySegment;

/**
 * The checksums that a journal keeps of its blocks ({@code jbd2_descriptor_block_csum_verify},
 * {@code jbd2_commit_block_csum_verify}, {@code jbd2_block_tag_csum_verify} of {@code
 * fs/jbd2/recovery.c}).
 */
final class JournalChecksum {
  /** {@code jbd2_journal_block_tail}: the last word of descriptor and revoke blocks. */
  static final int TAIL_BYTES = 4;

  private static final int COMMIT_CHECKSUM_AT = 0x10;

  /** {@code sizeof(struct commit_header)}. */
  private static final int COMMIT_HEADER_BYTES = 64;

  private static final int WHOLE_TYPE_CRC32 = 1;
  private static final int WHOLE_SIZE_BYTES = 4;

  private final JournalSuperblock journal;

  JournalChecksum(JournalSuperblock journal) {
    this.journal = journal;
  }

  private Crc32c start() {
    return Crc32c.startingAt(journal.checksumSeed());
  }

  /** Of a descriptor or revoke block. */
  boolean tailHolds(StructView block) {
    if (!journal.checksums().perBlock()) {
      return true;
    }
    int at = block.sizeBytes() - TAIL_BYTES;
    return start().bytes(block.segment(), 0, at).u32(0).register() == block.i32be(at);
  }

  /** Of a data block. */
  boolean dataHolds(MemorySegment data, JournalTag tag, int sequence) {
    if (!journal.checksums().perBlock()) {
      return true;
    }
    int found =
        start().u32(Integer.reverseBytes(sequence)).bytes(data, 0, data.byteSize()).register();
    return journal.checksums() == JournalSuperblock.Checksums.V3
        ? found == tag.checksum()
        : (found & 0xffff) == tag.checksum();
  }

  /**
   * Of a commit block, over all of it, or as if all behind its fields were zeros: a commit may have
   * been written over an older block sector by sector.
   */
  boolean commitHolds(StructView commit) {
    int stored = commit.i32be(COMMIT_CHECKSUM_AT);
    return commitChecksum(commit, commit.sizeBytes()) == stored
        || commitChecksum(commit, COMMIT_HEADER_BYTES) == stored;
  }

  private int commitChecksum(StructView commit, int end) {
    return start()
        .bytes(commit.segment(), 0, COMMIT_CHECKSUM_AT)
        .u32(0)
        .bytes(commit.segment(), COMMIT_CHECKSUM_AT + Integer.BYTES, end)
        .bytes(new byte[commit.sizeBytes() - end])
        .register();
  }

  /**
   * Whether a commit block bears the checksum of its whole transaction, or none.
   *
   * @param register over descriptor and data blocks
   */
  static boolean wholeHolds(StructView commit, int register) {
    int h_chksum_type = commit.u8(0xc);
    int h_chksum_size = commit.u8(0xd);
    int stored = commit.i32be(COMMIT_CHECKSUM_AT);
    if (h_chksum_type == 0 && h_chksum_size == 0) {
      return stored == 0;
    }
    return h_chksum_type == WHOLE_TYPE_CRC32
        && h_chksum_size == WHOLE_SIZE_BYTES
        && stored == register;
  }
}
