package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FeatureBit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replays the log into memory, as {@code xlog_do_log_recovery} of {@code xfs_log_recover.c} does to
 * the disk: a first pass finds the buffers that were given up later, a second one writes what the
 * committed transactions hold, in the order of the log.
 *
 * <p>Where the log is damaged in its middle the kernel gives up the volume; here what was committed
 * before that place is kept, and {@link #loss} says so.
 */
final class LogReplay {
  /** {@code XFS_SB_FEAT_INCOMPAT_LOG_XATTRS}, the one feature whose items are known. */
  private static final long KNOWN_FEATURES = 1;

  private final Metadata metadata;
  private final Log log;
  private final CancelledBuffers cancelled = new CancelledBuffers();
  private final OpenIntents intents = new OpenIntents();
  private final ReplayedBlocks blocks;
  private final BufferReplay buffers;
  private final InodeReplay inodes;
  private long end;
  private long transactions;
  private String loss = "";

  private LogReplay(Metadata metadata, Log log) {
    this.metadata = metadata;
    this.log = log;
    this.end = log.head();
    this.blocks = new ReplayedBlocks(metadata.volume, log.head() - log.tail());
    this.buffers = new BufferReplay(metadata, blocks, cancelled);
    this.inodes = new InodeReplay(metadata, blocks, cancelled);
  }

  /**
   * Replays what a log that is not clean holds.
   *
   * @throws UnsupportedFeatureException if it was written by a machine of other byte order or uses
   *     features that are not known
   * @throws CorruptImageException if nothing in it can be replayed
   */
  static LogReplay of(Metadata metadata, Log log) throws IOException {
    LogReplay replay = new LogReplay(metadata, log);
    replay.requireSupport();
    replay.read((_, items) -> replay.note(items));
    replay.read(replay::replay);
    return replay;
  }

  /** What was written. */
  ReplayedBlocks blocks() {
    return blocks;
  }

  /** How many transactions were replayed. */
  long transactions() {
    return transactions;
  }

  /** What could not be replayed, for people; empty if all was. */
  String loss() {
    String open = intents.changesOfFiles();
    return !loss.isEmpty() || open.isEmpty() ? loss : "it holds unfinished " + open;
  }

  private void requireSupport() throws IOException {
    long unknown = metadata.superblock.logIncompatBits() & ~KNOWN_FEATURES;
    if (unknown != 0) {
      throw new UnsupportedFeatureException("xfs log", FeatureBit.unknown("log_incompat", unknown));
    }
    LogRecord first = LogRecord.parse(log.ring(), log.tail());
    if (first.format() != LogRecord.FORMAT_LITTLE_ENDIAN) {
      throw new UnsupportedFeatureException(
          "xfs log", List.of("byte order of format " + first.format()));
    }
  }

  /** Reads the records up to the head, or up to the first that is damaged. */
  private void read(LogTransactions.Sink pass) throws IOException {
    LogTransactions pending = new LogTransactions(log.ring(), pass);
    long at = log.tail();
    while (at < end) {
      try {
        LogRecord record = LogRecord.parse(log.ring(), at);
        check(record);
        pending.add(record);
        at = record.end();
      } catch (CorruptImageException e) {
        lose(e);
        // Both passes must see the same transactions.
        end = at;
      }
    }
  }

  private void check(LogRecord record) throws IOException {
    StructView header = log.ring().block(record.at());
    if (record.end() > log.head()) {
      throw header.corrupt(XfsFault.LOG_RECORD, 0x0c, "past the head of the log");
    }
    if (metadata.superblock.selfDescribing() && !record.checksumHolds(log.ring())) {
      throw header.corrupt(XfsFault.LOG_CHECKSUM, 0x20, "");
    }
    if (!record.uuid().equals(metadata.superblock.uuid())
        || record.format() != LogRecord.FORMAT_LITTLE_ENDIAN) {
      throw header.corrupt(XfsFault.LOG_RECORD, 0x130, "of another file system");
    }
  }

  private void note(List<LogItem> items) throws IOException {
    for (LogItem item : items) {
      if (!LogItemType.isKnown(item.type())) {
        throw item.region(0)
            .corrupt(XfsFault.LOG_ITEM, 0, "type 0x" + Integer.toHexString(item.type()));
      }
      if (item.type() == LogItemType.BUFFER) {
        cancelled.note(BufferItem.parse(item));
      }
    }
  }

  private void replay(long lsn, List<LogItem> items) throws IOException {
    for (LogItem item : inOrder(items)) {
      try {
        replay(lsn, item);
      } catch (CorruptImageException e) {
        if (e.fault() == XfsFault.LOG_LIMIT) {
          throw e;
        }
        lose(e);
      }
    }
    transactions++;
  }

  private void replay(long lsn, LogItem item) throws IOException {
    switch (item.type()) {
      case LogItemType.BUFFER -> buffers.replay(BufferItem.parse(item), lsn);
      case LogItemType.INODE -> inodes.replay(InodeItem.parse(item), lsn);
      case LogItemType.INODE_CREATE -> inodes.create(item);
      default -> intents.note(item);
    }
  }

  /**
   * {@code xlog_recover_reorder_trans}: buffers and new inodes before what is written into them,
   * and what is given up last.
   */
  private static List<LogItem> inOrder(List<LogItem> items) throws IOException {
    List<Ranked> ranked = new ArrayList<>(items.size());
    for (LogItem item : items) {
      ranked.add(new Ranked(rank(item), item));
    }
    ranked.sort(Comparator.comparingInt(Ranked::rank));
    return ranked.stream().map(Ranked::item).toList();
  }

  private record Ranked(int rank, LogItem item) {}

  private static int rank(LogItem item) throws IOException {
    if (item.type() == LogItemType.INODE_CREATE) {
      return 0;
    }
    if (item.type() != LogItemType.BUFFER) {
      return 1;
    }
    BufferItem buffer = BufferItem.parse(item);
    if (buffer.isCancel()) {
      return 3;
    }
    return buffer.isInodes() ? 2 : 0;
  }

  private void lose(CorruptImageException e) {
    metadata.anomalies.add(e);
    if (loss.isEmpty()) {
      loss = "it is damaged";
    }
  }
}
