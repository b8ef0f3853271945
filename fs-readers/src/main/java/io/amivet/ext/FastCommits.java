package io.amivet.ext;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The fast commits behind the transactions of a journal: {@code struct ext4_fc_tl} of {@code
 * fs/ext4/fast_commit.h}, little-endian, each a change of one inode or name instead of blocks. They
 * are counted and not replayed.
 */
final class FastCommits {
  private static final int TAG_BYTES = 4;
  private static final int TAIL = 8;
  private static final int HEAD = 9;
  private static final int HEAD_VALUE_BYTES = 8;
  private static final int TAIL_VALUE_BYTES = 8;

  /** The number of the transaction that would follow those replayed. */
  private final int sequence;

  private Crc32c checksum = Crc32c.startingAt(0);
  private int pending;
  private int whole;
  private boolean ended;

  private FastCommits(int sequence) {
    this.sequence = sequence;
  }

  /** How many changes of whole fast commits follow the last transaction. */
  static int count(JournalBlocks blocks, JournalSuperblock journal, int sequence)
      throws IOException {
    FastCommits commits = new FastCommits(sequence);
    // The kernel leaves out the first block of the area (jbd2_journal_load: j_fc_first).
    for (long block = journal.endBlock() + 1; block < journal.totalBlocks(); block++) {
      commits.scan(blocks.read("ext4_fc_tl", block), block == journal.endBlock() + 1);
      if (commits.ended) {
        break;
      }
    }
    return commits.whole;
  }

  private void scan(StructView block, boolean first) {
    for (int at = 0; block.holds(at, TAG_BYTES) && !ended; ) {
      int fc_tag = block.u16le(at);
      int fc_len = block.u16le(at + 0x2);
      int value = at + TAG_BYTES;
      if (!block.holds(value, fc_len) || (first && at == 0 && fc_tag != HEAD)) {
        ended = true;
        return;
      }
      switch (fc_tag) {
        case HEAD -> head(block, at, fc_len);
        case TAIL -> tail(block, at, fc_len);
        case 1, 2, 3, 4, 5, 6, 7 -> {
          checksum.bytes(block.segment(), at, value + fc_len);
          pending++;
        }
        default -> ended = true;
      }
      at = value + fc_len;
    }
  }

  private void head(StructView block, int at, int length) {
    if (length != HEAD_VALUE_BYTES || block.i32le(at + TAG_BYTES + 0x4) != sequence) {
      ended = true;
      return;
    }
    checksum.bytes(block.segment(), at, at + TAG_BYTES + length);
  }

  /** What stands before a tail with the right checksum counts. */
  private void tail(StructView block, int at, int length) {
    int value = at + TAG_BYTES;
    if (length < TAIL_VALUE_BYTES) {
      ended = true;
      return;
    }
    checksum.bytes(block.segment(), at, value + Integer.BYTES);
    if (block.i32le(value) != sequence
        || block.i32le(value + Integer.BYTES) != checksum.register()) {
      ended = true;
      return;
    }
    whole += pending;
    pending = 0;
    checksum = Crc32c.startingAt(0);
  }
}
