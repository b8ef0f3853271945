package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * Tells whether the log was written back, by the kernel's own rule ({@code xlog_find_head} and
 * {@code xlog_check_unmount_rec} of {@code fs/xfs/xfs_log_recover.c}, {@code struct
 * xlog_rec_header} and {@code xlog_op_header} of {@code xfs_log_format.h}): clean is a log whose
 * last record, right before the head, is a lone unmount record.
 *
 * <p>The log is a ring of 512-byte blocks. Each starts with the number of the cycle it was written
 * in, so the head is where that number steps down, and a binary search finds it: a log of hundreds
 * of megabytes costs a few dozen blocks. Nothing is replayed.
 */
final class Log {
  /** What is to be said of the log. */
  enum State {
    CLEAN,
    DIRTY,
    /** Neither can be said: its blocks make no sense or lie outside of the volume. */
    UNREADABLE
  }

  /** {@code BBSIZE}, whatever the sector size. */
  private static final int BLOCK_BYTES = 512;

  private static final long HEADER_MAGIC = 0xfeedbabeL;
  private static final int HEADER_CYCLE_BYTES = 32 << 10;

  /** {@code XLOG_MAX_RECORD_BSIZE} and its headers: the last record starts within it. */
  private static final int MAX_RECORD_BLOCKS = ((256 << 10) + (32 << 10)) / BLOCK_BYTES;

  private static final int UNMOUNT_TRANS = 0x20;
  private static final long NONE = Long.MIN_VALUE;

  private final Metadata metadata;
  private final long offset;
  private final long blocks;

  private Log(Metadata metadata, long offset, long blocks) {
    this.metadata = metadata;
    this.offset = offset;
    this.blocks = blocks;
  }

  /** The state of the internal log, which must exist. */
  static State state(Metadata metadata) throws IOException {
    Superblock sb = metadata.superblock;
    long offset = metadata.geometry.blockOffset(sb.logStart(), sb.logBlocks());
    long bytes = sb.logBlocks() << metadata.geometry.blockLog();
    if (offset < 0 || !metadata.holds(offset, bytes)) {
      return State.UNREADABLE;
    }
    return new Log(metadata, offset, bytes / BLOCK_BYTES).state();
  }

  private State state() throws IOException {
    long first = cycle(0);
    long last = cycle(blocks - 1);
    if (first == 0) {
      // Never written, as some tools leave it: the kernel mounts that without recovery.
      return last == 0 ? State.CLEAN : State.UNREADABLE;
    }
    long head = first == last ? blocks : firstOfCycle(last);
    long oldest = last == 0 ? 0 : head - blocks;
    long record = lastRecord(head, oldest);
    if (record != NONE && Math.floorMod(end(record) - head, blocks) != 0) {
      // Not written out to the head, so it does not count: the log ends where it starts.
      head = record;
      record = lastRecord(head, oldest);
    }
    if (record == NONE) {
      return State.UNREADABLE;
    }
    return isUnmount(record, head) ? State.CLEAN : State.DIRTY;
  }

  /** The last record header before {@code head}; negative positions are those before the wrap. */
  private long lastRecord(long head, long oldest) throws IOException {
    long limit = Math.max(oldest, head - MAX_RECORD_BLOCKS);
    for (long at = head - 1; at >= limit; at--) {
      if (block(at).u32be(0x00) == HEADER_MAGIC) {
        return at;
      }
    }
    return NONE;
  }

  /** The first block of the older cycle {@code last}, which the last block is of. */
  private long firstOfCycle(long last) throws IOException {
    long newer = 0;
    long older = blocks - 1;
    while (older - newer > 1) {
      long middle = (newer + older) >>> 1;
      if (cycle(middle) == last) {
        older = middle;
      } else {
        newer = middle;
      }
    }
    return older;
  }

  /** Version 2 records larger than 32 KiB have a header block for every 32 KiB begun. */
  private long headers(long record) throws IOException {
    StructView header = block(record);
    long h_version = header.u32be(0x08);
    long h_size = header.u32be(0x140);
    return (h_version & 2) != 0 && h_size > HEADER_CYCLE_BYTES
        ? (h_size + HEADER_CYCLE_BYTES - 1) / HEADER_CYCLE_BYTES
        : 1;
  }

  /** The block after a record. */
  private long end(long record) throws IOException {
    long h_len = block(record).u32be(0x0c);
    return record + headers(record) + (h_len + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  private boolean isUnmount(long record, long head) throws IOException {
    long h_num_logops = block(record).u32be(0x28);
    if (h_num_logops != 1 || Math.floorMod(end(record) - head, blocks) != 0) {
      return false;
    }
    int oh_flags = block(record + headers(record)).u8(0x09);
    return (oh_flags & UNMOUNT_TRANS) != 0;
  }

  private long cycle(long at) throws IOException {
    StructView block = block(at);
    long word = block.u32be(0x00);
    return word == HEADER_MAGIC ? block.u32be(0x04) : word;
  }

  private StructView block(long at) throws IOException {
    long wrapped = Math.floorMod(at, blocks);
    return metadata.volume.struct("xlog_rec_header", offset + wrapped * BLOCK_BYTES, BLOCK_BYTES);
  }
}
