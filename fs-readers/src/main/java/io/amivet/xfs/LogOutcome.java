package io.amivet.xfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the log when a volume was opened.
 *
 * @param metadata the volume to read from now on, with what was replayed
 * @param fault of what is to be recorded, if anything
 * @param note for people; empty if there is nothing to say
 * @param staleReason why something may be missing
 */
record LogOutcome(
    JournalState state,
    Metadata metadata,
    @Nullable XfsFault fault,
    String note,
    Optional<String> staleReason) {

  /** Reads the log, and replays it if it holds something and {@code mode} says so. */
  static LogOutcome of(Metadata metadata, JournalMode mode) throws IOException {
    if (metadata.superblock.logStart() == 0) {
      return new LogOutcome(
          JournalState.NOT_REPLAYED,
          metadata,
          null,
          "log is on another device; whether it was written back is not known",
          Optional.of("the log is on another device, so the latest changes may be missing"));
    }
    Log log;
    try {
      log = Log.find(metadata);
    } catch (CorruptImageException e) {
      metadata.anomalies.add(e);
      return new LogOutcome(
          JournalState.NOT_REPLAYED,
          metadata,
          XfsFault.LOG_UNREADABLE,
          "state of the log cannot be determined",
          Optional.of("the log is damaged, so the latest changes may be missing"));
    }
    if (log.isClean()) {
      return new LogOutcome(JournalState.CLEAN, metadata, null, "", Optional.empty());
    }
    return mode == JournalMode.AS_ON_DISK ? leftAside(metadata) : replayed(metadata, log);
  }

  private static LogOutcome leftAside(Metadata metadata) {
    return new LogOutcome(
        JournalState.AS_ON_DISK,
        metadata,
        XfsFault.LOG_DIRTY,
        "log was not written back (unclean shutdown); recent changes are not shown",
        Optional.of(
            "the log was not replayed, so files it alone holds are missing"
                + " and others are shown as they were before"));
  }

  private static LogOutcome replayed(Metadata metadata, Log log) throws IOException {
    LogReplay replay;
    try {
      replay = LogReplay.of(metadata, log);
    } catch (UnsupportedFeatureException e) {
      return notReplayed(metadata, "it has " + String.join(", ", e.features()));
    } catch (CorruptImageException e) {
      metadata.anomalies.add(e);
      return notReplayed(metadata, "it is damaged");
    }
    if (replay.transactions() == 0 && !replay.loss().isEmpty()) {
      return notReplayed(metadata, replay.loss());
    }
    Metadata after = withBlocks(metadata, replay.blocks());
    String done = "log replayed in memory (unclean shutdown): " + replay.transactions();
    if (replay.loss().isEmpty()) {
      return new LogOutcome(
          JournalState.REPLAYED, after, null, done + " transactions", Optional.empty());
    }
    return new LogOutcome(
        JournalState.PARTLY_REPLAYED,
        after,
        XfsFault.LOG_DIRTY,
        done + " transactions and not all, because " + replay.loss(),
        Optional.of(
            "the log could not be replayed wholly, because "
                + replay.loss()
                + ", so the latest changes may be missing"));
  }

  private static LogOutcome notReplayed(Metadata metadata, String why) {
    return new LogOutcome(
        JournalState.NOT_REPLAYED,
        metadata,
        XfsFault.LOG_DIRTY,
        "log was not written back (unclean shutdown) and cannot be replayed, because " + why,
        Optional.of(
            "the log was not replayed, because "
                + why
                + ", so files it alone holds are missing"
                + " and others are shown as they were before"));
  }

  /** The volume with the replayed blocks, the superblock among them if it changed. */
  private static Metadata withBlocks(Metadata metadata, ReplayedBlocks blocks) throws IOException {
    Metadata after =
        new Metadata(blocks.overlay(), metadata.superblock, metadata.anomalies, blocks);
    if (!blocks.touch(0, Superblock.SIZE_BYTES)) {
      return after;
    }
    try {
      Superblock changed =
          Superblock.parse(after.volume.struct("xfs_dsb", 0, Superblock.SIZE_BYTES));
      return new Metadata(after.volume, changed, metadata.anomalies, blocks);
    } catch (CorruptImageException e) {
      metadata.anomalies.add(e);
      return after;
    }
  }
}
