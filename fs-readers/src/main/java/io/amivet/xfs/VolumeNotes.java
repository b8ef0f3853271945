package io.amivet.xfs;

import io.amivet.block.Anomaly;
import io.amivet.block.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person should know of a volume before trusting what is read from it. */
final class VolumeNotes {
  private final Metadata metadata;
  private final List<String> notes = new ArrayList<>();
  private Optional<String> staleReason = Optional.empty();

  private VolumeNotes(Metadata metadata) {
    this.metadata = metadata;
  }

  /** Collects the notes; those that mean that something may be missing become anomalies too. */
  static VolumeNotes collect(Metadata metadata) throws IOException {
    VolumeNotes volume = new VolumeNotes(metadata);
    volume.size();
    volume.features();
    volume.log();
    return volume;
  }

  List<String> toList() {
    return List.copyOf(notes);
  }

  /** What the log means for what is read; empty if it was written back. */
  Optional<String> staleReason() {
    return staleReason;
  }

  private void size() {
    Geometry geometry = metadata.geometry;
    long stated = geometry.blocks() << geometry.blockLog();
    if (stated > metadata.volume.sizeBytes()) {
      String detail = metadata.volume.sizeBytes() + " of " + stated + " bytes";
      warn(XfsFault.VOLUME_TRUNCATED, "file system is cut short: " + detail);
    }
  }

  private void features() {
    Superblock sb = metadata.superblock;
    if (IncompatFeature.NEEDSREPAIR.in(sb.incompatBits())) {
      warn(XfsFault.NEEDS_REPAIR, "marked as in need of xfs_repair; read as it is");
    }
    for (String bit : RoCompatFeature.unknown(sb.roCompatBits())) {
      notes.add("unknown " + bit + ", which does not concern reading");
    }
    if (sb.realtimeBlocks() != 0) {
      notes.add("has a realtime device, whose files are not read");
    }
  }

  private void log() throws IOException {
    if (metadata.superblock.logStart() == 0) {
      notes.add("log is on another device; whether it was written back is not known");
      staleReason =
          Optional.of("the log is on another device, so the latest changes may be missing");
      return;
    }
    switch (Log.state(metadata)) {
      case CLEAN -> {}
      case DIRTY -> {
        warn(
            XfsFault.LOG_DIRTY,
            "log was not written back (unclean shutdown); recent changes are not shown");
        staleReason =
            Optional.of(
                "the log was not replayed, so files it alone holds are missing"
                    + " and others are shown as they were before");
      }
      case UNREADABLE -> {
        warn(XfsFault.LOG_UNREADABLE, "state of the log cannot be determined");
        staleReason = Optional.of("the log is damaged, so the latest changes may be missing");
      }
    }
  }

  private void warn(Fault fault, String note) {
    notes.add(note);
    long where = metadata.volume.imageOffset(0);
    metadata.anomalies.add(new Anomaly(fault.code(), note, where));
  }
}
