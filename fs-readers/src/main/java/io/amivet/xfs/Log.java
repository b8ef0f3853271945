package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the log still holds that is not in its place, by the kernel's own rules ({@code
 * xlog_find_tail}, {@code xlog_check_unmount_rec} and {@code xlog_verify_head} of {@code
 * xfs_log_recover.c}): clean is a log whose last record is a lone unmount record; else all from the
 * tail that the last record names to the head is to be replayed.
 *
 * @param tail position of the first record to replay
 * @param head position after the last; equal to {@code tail} if there is nothing to replay
 */
record Log(LogRing ring, long tail, long head) {
  /** Finds both ends of what is to be replayed from the internal log, which must exist. */
  static Log find(Metadata metadata) throws IOException {
    LogRing ring = LogRing.of(metadata);
    if (ring == null) {
      throw new CorruptImageException(XfsFault.LOG_UNREADABLE, -1, "log", "outside of the volume");
    }
    long head = LogHead.find(ring, false);
    if (head == 0 || endsWithUnmount(ring, head)) {
      return new Log(ring, head, head);
    }
    head = LogHead.find(ring, true);
    return withoutTornRecords(ring, head);
  }

  boolean isClean() {
    return tail == head;
  }

  private static boolean endsWithUnmount(LogRing ring, long head) throws IOException {
    return LogHead.recordBefore(ring, head, head - ring.blocks()).isUnmount(ring);
  }

  /** Of the last records, which were written side by side, those count that precede a torn one. */
  private static Log withoutTornRecords(LogRing ring, long head) throws IOException {
    Log log = upTo(ring, head);
    Deque<LogRecord> latest = new ArrayDeque<>();
    long position = log.head;
    while (position > log.tail && latest.size() < LogHead.MAX_BUFFERS) {
      LogRecord record = LogHead.recordBefore(ring, position, log.tail);
      latest.push(record);
      position = record.at();
    }
    for (LogRecord record : latest) {
      if (record.checksum() != 0 && !record.checksumHolds(ring)) {
        return record.at() > log.tail ? upTo(ring, record.at()) : log;
      }
    }
    return log;
  }

  private static Log upTo(LogRing ring, long head) throws IOException {
    LogRecord last = LogHead.recordBefore(ring, head, head - ring.blocks());
    if (last.isUnmount(ring)) {
      return new Log(ring, head, head);
    }
    // CYCLE_LSN and BLOCK_LSN.
    long tail = last.tailLsn() & 0xffff_ffffL;
    if (tail >= ring.blocks()) {
      throw ring.block(last.at()).corrupt(XfsFault.LOG_RECORD, 0x18, "tail at block " + tail);
    }
    long first = Math.floorMod(head, ring.blocks());
    long before = Math.floorMod(first - tail, ring.blocks());
    return new Log(ring, head - before, head);
  }
}
