package io.amivet.xfs;

import java.io.IOException;

/**
 * The search for the end of the log, {@code xlog_find_head} of {@code xfs_log_recover.c}.
 *
 * <p>The end is where the cycle number steps down, and a binary search finds that: a log of
 * hundreds of megabytes costs a few dozen blocks. Buffers are written side by side, so a crash can
 * leave a hole of an older cycle before that place; the log then ends at the hole.
 */
final class LogHead {
  /** {@code XLOG_MAX_ICLOGS}: so many buffers can be on their way at once. */
  static final int MAX_BUFFERS = 8;

  /** The largest record and its headers: the last one starts within it. */
  private static final int MAX_RECORD_BLOCKS = ((256 << 10) + (32 << 10)) / LogRing.BLOCK_BYTES;

  private static final int SCANNED_BLOCKS =
      MAX_BUFFERS * LogRecord.MAX_PAYLOAD_BYTES / LogRing.BLOCK_BYTES;
  private static final long NONE = Long.MIN_VALUE;

  private final LogRing ring;

  private LogHead(LogRing ring) {
    this.ring = ring;
  }

  /**
   * The position after the last record, in {@code [1, blocks]}; 0 for a log that was never written,
   * as some tools leave it and the kernel mounts it.
   *
   * @param thorough whether to look for holes
   */
  static long find(LogRing ring, boolean thorough) throws IOException {
    return new LogHead(ring).find(thorough);
  }

  /** The last record header before {@code position}, and no further back than {@code limit}. */
  static LogRecord recordBefore(LogRing ring, long position, long limit) throws IOException {
    long at = new LogHead(ring).lastHeader(position, limit);
    if (at == NONE) {
      throw ring.block(position - 1).corrupt(XfsFault.LOG_UNREADABLE, 0, "no record before");
    }
    return LogRecord.parse(ring, at);
  }

  private long find(boolean thorough) throws IOException {
    long blocks = ring.blocks();
    long first = ring.cycle(0);
    long last = ring.cycle(blocks - 1);
    if (first == 0) {
      if (last == 0) {
        return 0;
      }
      throw ring.block(0).corrupt(XfsFault.LOG_UNREADABLE, 0, "starts with zeros");
    }
    long head = first == last ? blocks : firstOfCycle(last);
    if (thorough) {
      head = withoutHoles(head, first == last ? last - 1 : last, last == 0);
    }
    return atRecordEnd(head, last == 0 ? 0 : head - blocks);
  }

  /** The first block of the older cycle {@code last}, which the last block is of. */
  private long firstOfCycle(long last) throws IOException {
    long newer = 0;
    long older = ring.blocks() - 1;
    while (older - newer > 1) {
      long middle = (newer + older) >>> 1;
      if (ring.cycle(middle) == last) {
        older = middle;
      } else {
        newer = middle;
      }
    }
    return older;
  }

  private long withoutHoles(long head, long olderCycle, boolean firstCycle) throws IOException {
    long start = head - Math.min(SCANNED_BLOCKS, firstCycle ? head : ring.blocks());
    for (long at = start; at < head; at++) {
      // What lies before the start of the ring is of the cycle that is now the older one.
      if (ring.cycle(at) == (at < 0 ? olderCycle - 1 : olderCycle)) {
        return at <= 0 ? at + ring.blocks() : at;
      }
    }
    return head;
  }

  /** A record that was not written out to the head does not count: the log ends where it starts. */
  private long atRecordEnd(long head, long oldest) throws IOException {
    long record = lastHeader(head, oldest);
    if (record == NONE) {
      throw ring.block(head - 1).corrupt(XfsFault.LOG_UNREADABLE, 0, "no record at its end");
    }
    if (LogRecord.parse(ring, record).end() == head) {
      return head;
    }
    return record <= 0 ? record + ring.blocks() : record;
  }

  private long lastHeader(long head, long oldest) throws IOException {
    long limit = Math.max(oldest, head - MAX_RECORD_BLOCKS);
    for (long at = head - 1; at >= limit; at--) {
      if (ring.isRecord(at)) {
        return at;
      }
    }
    return NONE;
  }
}
