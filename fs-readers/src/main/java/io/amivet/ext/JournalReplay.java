package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The second and third pass over a journal: which blocks later transactions revoke, then where the
 * newest valid copy of each other block lies ({@code PASS_REVOKE} and {@code PASS_REPLAY} of {@code
 * fs/jbd2/recovery.c}). Nothing is written: the copies stay where they are.
 */
final class JournalReplay {
  /** Bounds memory: metadata of 4 GiB, when blocks have 4 KiB. */
  private static final int MAX_BLOCKS = 1 << 20;

  private static final int REVOKE_HEADER_BYTES = 16;

  private final JournalBlocks journalBlocks;
  private final JournalSuperblock journal;
  private final JournalChecksum checksum;
  private final Blocks blocks;
  private final AnomalyLog anomalies;

  /** The last transaction that revokes a block. */
  private final Map<Long, Integer> revokedIn = new HashMap<>();

  private final Map<Long, Copy> copies = new HashMap<>();
  private boolean whole = true;

  JournalReplay(
      JournalBlocks journalBlocks, JournalSuperblock journal, Blocks blocks, AnomalyLog anomalies) {
    this.journalBlocks = journalBlocks;
    this.journal = journal;
    this.checksum = new JournalChecksum(journal);
    this.blocks = blocks;
    this.anomalies = anomalies;
  }

  /**
   * Where the newest contents of a block lie.
   *
   * @param escaped its first four bytes are the journal's magic, whatever the copy holds there
   */
  record Copy(long volumeOffset, boolean escaped) {}

  /** Applies what the scan found. */
  void apply(JournalScan.Found found) throws IOException {
    for (JournalScan.LogBlock logBlock : found.blocks()) {
      if (logBlock.isRevoke()) {
        revoke(logBlock);
      }
    }
    for (JournalScan.LogBlock logBlock : found.blocks()) {
      if (!logBlock.isRevoke()) {
        replay(logBlock);
      }
    }
  }

  /** By block of the file system. */
  Map<Long, Copy> copies() {
    return copies;
  }

  /** Whether no block had to be left out. */
  boolean whole() {
    return whole;
  }

  private void revoke(JournalScan.LogBlock logBlock) throws IOException {
    StructView block = journalBlocks.read("jbd2_journal_revoke_header_t", logBlock.block());
    long r_count = block.u32be(0xc);
    int tail = journal.checksums().perBlock() ? JournalChecksum.TAIL_BYTES : 0;
    if (r_count > block.sizeBytes() - tail) {
      throw block.corrupt(ExtFault.JOURNAL_REVOKE, 0xc, r_count + " bytes of revoke records");
    }
    int recordBytes = journal.wideNumbers() ? Long.BYTES : Integer.BYTES;
    for (int at = REVOKE_HEADER_BYTES; at + recordBytes <= r_count; at += recordBytes) {
      long fsBlock = journal.wideNumbers() ? block.u64be(at) : block.u32be(at);
      revokedIn.merge(fsBlock, logBlock.sequence(), (old, now) -> isAfter(now, old) ? now : old);
      if (revokedIn.size() > MAX_BLOCKS) {
        throw block.corrupt(ExtFault.JOURNAL_TOO_LARGE, at, "revoked blocks");
      }
    }
  }

  private void replay(JournalScan.LogBlock logBlock) throws IOException {
    StructView descriptor = journalBlocks.read("descriptor block", logBlock.block());
    long data = logBlock.block();
    for (JournalTag tag : JournalTag.of(descriptor, journal)) {
      data = journal.next(data);
      if (copies.size() >= MAX_BLOCKS) {
        throw descriptor.corrupt(ExtFault.JOURNAL_TOO_LARGE, tag.at(), "changed blocks");
      }
      if (!isRevoked(tag.fsBlock(), logBlock.sequence())) {
        try {
          replayBlock(descriptor, tag, data, logBlock.sequence());
        } catch (CorruptImageException e) {
          // The kernel leaves this block out, replays the others and refuses the mount.
          whole = false;
          anomalies.add(e);
        }
      }
    }
  }

  private void replayBlock(StructView descriptor, JournalTag tag, long data, int sequence)
      throws IOException {
    long fsBlock = tag.fsBlock();
    if (fsBlock < 0 || fsBlock >= blocks.usableBlocks()) {
      throw descriptor.corrupt(ExtFault.JOURNAL_TARGET, tag.at(), "block " + fsBlock);
    }
    if (journal.checksums().perBlock()) {
      StructView copy = journalBlocks.read("journal data", data);
      if (!checksum.dataHolds(copy.segment(), tag, sequence)) {
        throw copy.corrupt(ExtFault.JOURNAL_DATA_CHECKSUM, 0x0, "block " + fsBlock);
      }
    }
    copies.put(fsBlock, new Copy(journalBlocks.volumeOffset(data), tag.escaped()));
  }

  private boolean isRevoked(long fsBlock, int sequence) {
    Integer revoked = revokedIn.get(fsBlock);
    return revoked != null && !isAfter(sequence, revoked);
  }

  /** {@code tid_gt}: sequence numbers wrap around. */
  private static boolean isAfter(int a, int b) {
    return a - b > 0;
  }
}
