package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The first pass over a journal: which transactions are whole ({@code do_one_pass} of {@code
 * fs/jbd2/recovery.c} with {@code PASS_SCAN}). A transaction is descriptor blocks, each followed by
 * the data blocks it names, and revoke blocks, all with one sequence number, and then a commit
 * block. The first block that does not continue the sequence ends the log.
 */
final class JournalScan {
  /** Descriptor and revoke blocks kept; a journal of 1 GiB has no more than a tenth. */
  private static final int MAX_LOG_BLOCKS = 1 << 20;

  /**
   * How far a log is followed. mke2fs makes journals of 1 GiB at most unless told otherwise; a
   * false map can make an endless one of a few blocks.
   */
  private static final long MAX_LOG_BYTES = 4L << 30;

  private static final int DESCRIPTOR = 1;
  private static final int COMMIT = 2;
  private static final int REVOKE = 5;

  private final JournalBlocks blocks;
  private final JournalSuperblock journal;
  private final JournalChecksum checksum;
  private final Crc32Be wholeChecksum = new Crc32Be();

  private final List<LogBlock> committed = new ArrayList<>();
  private final List<LogBlock> pending = new ArrayList<>();

  private long at;
  private int sequence;
  private long blocksLeft;
  private long bytesPassed;
  private long lastCommitTime;

  /** A block of the current transaction whose checksum does not hold. */
  private boolean suspect;

  private boolean ended;
  private boolean broken;

  private JournalScan(JournalBlocks blocks, JournalSuperblock journal) {
    this.blocks = blocks;
    this.journal = journal;
    this.checksum = new JournalChecksum(journal);
    this.at = journal.startBlock();
    this.sequence = journal.sequence();
    this.blocksLeft = journal.ringBlocks();
  }

  /**
   * A descriptor or revoke block of a whole transaction.
   *
   * @param block its number in the journal
   */
  record LogBlock(long block, int sequence, boolean isRevoke) {}

  /**
   * What was found.
   *
   * @param endSequence the first number that no whole transaction has
   * @param transactions how many are whole
   * @param broken the log ended with a damaged transaction, and not simply
   */
  record Found(List<LogBlock> blocks, int endSequence, long transactions, boolean broken) {}

  static Found run(JournalBlocks blocks, JournalSuperblock journal, AnomalyLog anomalies)
      throws IOException {
    JournalScan scan = new JournalScan(blocks, journal);
    while (!scan.ended && scan.blocksLeft > 0) {
      scan.step(anomalies);
    }
    return new Found(
        scan.committed,
        scan.sequence,
        Integer.toUnsignedLong(scan.sequence - journal.sequence()),
        scan.broken);
  }

  private void step(AnomalyLog anomalies) throws IOException {
    StructView block = blocks.read("journal_header_t", at);
    int h_magic = block.i32be(0x0);
    int h_blocktype = block.i32be(0x4);
    int h_sequence = block.i32be(0x8);
    if (h_magic != JournalSuperblock.MAGIC || h_sequence != sequence) {
      ended = true;
      return;
    }
    long here = at;
    advance(block);
    switch (h_blocktype) {
      case DESCRIPTOR -> {
        keep(new LogBlock(here, sequence, false), block);
        passData(block);
      }
      case REVOKE -> keep(new LogBlock(here, sequence, true), block);
      case COMMIT -> commit(block, anomalies);
      default -> ended = true;
    }
  }

  private void advance(StructView block) throws CorruptImageException {
    at = journal.next(at);
    blocksLeft--;
    bytesPassed += journal.blockSizeBytes();
    if (bytesPassed > MAX_LOG_BYTES) {
      throw block.corrupt(ExtFault.JOURNAL_TOO_LARGE, 0x0, MAX_LOG_BYTES + " bytes");
    }
  }

  private void keep(LogBlock logBlock, StructView block) throws CorruptImageException {
    if (committed.size() + pending.size() >= MAX_LOG_BLOCKS) {
      throw block.corrupt(ExtFault.JOURNAL_TOO_LARGE, 0x0, "descriptor blocks");
    }
    // Perhaps left over from before the journal was last emptied; the commit block will tell.
    suspect |= !checksum.tailHolds(block);
    pending.add(logBlock);
  }

  private void passData(StructView descriptor) throws IOException {
    boolean sum = journal.checksums() == JournalSuperblock.Checksums.WHOLE_TRANSACTION;
    if (sum) {
      wholeChecksum.bytes(descriptor.segment());
    }
    int count = JournalTag.of(descriptor, journal).size();
    for (int i = 0; i < count && blocksLeft > 0; i++) {
      if (sum) {
        wholeChecksum.bytes(blocks.read("journal data", at).segment());
      }
      advance(descriptor);
    }
  }

  private void commit(StructView block, AnomalyLog anomalies) {
    long h_commit_sec = block.u64be(0x30);
    boolean whole = !suspect && checksumHolds(block);
    if (!whole) {
      ended = true;
      // A commit older than the one before is a leftover, and so no part of the log.
      broken = h_commit_sec >= lastCommitTime;
      if (broken) {
        anomalies.add(
            block.anomaly(
                ExtFault.JOURNAL_TRANSACTION,
                0x8,
                "transaction " + Integer.toUnsignedString(sequence)));
      }
      return;
    }
    lastCommitTime = h_commit_sec;
    wholeChecksum.reset();
    committed.addAll(pending);
    pending.clear();
    sequence++;
  }

  private boolean checksumHolds(StructView commit) {
    return switch (journal.checksums()) {
      case NONE -> true;
      case WHOLE_TRANSACTION -> JournalChecksum.wholeHolds(commit, wholeChecksum.register());
      case V2, V3 -> checksum.commitHolds(commit);
    };
  }
}
