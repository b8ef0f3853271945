package io.amivet.xfs;

import io.amivet.block.Anomaly;
import io.amivet.block.Fault;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of a volume before trusting what is read from it. */
final class VolumeNotes {
  private final Metadata metadata;
  private final List<String> notes = new ArrayList<>();

  private VolumeNotes(Metadata metadata) {
    this.metadata = metadata;
  }

  /** Collects the notes; those that mean that something may be missing become anomalies too. */
  static List<String> collect(LogOutcome log) {
    VolumeNotes volume = new VolumeNotes(log.metadata());
    volume.size();
    volume.features();
    volume.log(log);
    return List.copyOf(volume.notes);
  }

  private void size() {
    long stated = metadata.geometry.sizeBytes();
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

  private void log(LogOutcome log) {
    if (log.fault() != null) {
      warn(log.fault(), log.note());
    } else if (!log.note().isEmpty()) {
      notes.add(log.note());
    }
  }

  private void warn(Fault fault, String note) {
    notes.add(note);
    long where = metadata.volume.imageOffset(0);
    metadata.anomalies.add(new Anomaly(fault.code(), note, where));
  }
}
