package io.amivet.btrfs;

import io.amivet.block.Anomaly;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person should know of a volume before trusting what is read from it.
 *
 * @param journal what became of the log tree, which holds what was synced file by file since the
 *     last commit of the whole
 */
record VolumeNotes(List<String> list, JournalState journal, Optional<String> staleReason) {
  private static final long SEEDING = 1L << 32;
  private static final long METADATA_DUMP = 3L << 33;

  /** Free space tree (and that it is valid), verity, block group tree. */
  private static final long KNOWN_RO_COMPAT = 0xf;

  static VolumeNotes collect(FileSystem fs, JournalMode mode) {
    Superblock sb = fs.superblock();
    List<String> notes = new ArrayList<>();
    if (sb.deviceBytes() > fs.volume().sizeBytes()) {
      String note =
          "device is cut short: " + fs.volume().sizeBytes() + " of " + sb.deviceBytes() + " bytes";
      notes.add(note);
      fs.anomalies().add(new Anomaly(BtrfsFault.VOLUME_TRUNCATED.code(), note, -1));
    }
    if (sb.deviceCount() > 1) {
      notes.add("one of " + sb.deviceCount() + " devices of the file system");
    }
    if ((sb.flags() & SEEDING) != 0) {
      notes.add("seed of another file system");
    }
    if ((sb.flags() & METADATA_DUMP) != 0) {
      notes.add("restored from a dump of metadata; contents of files may be missing");
    }
    for (long rest = sb.roCompat() & ~KNOWN_RO_COMPAT; rest != 0; rest &= rest - 1) {
      String bit = Long.toHexString(Long.lowestOneBit(rest));
      notes.add("unknown ro_compat bit 0x" + bit + ", which does not concern reading");
    }
    if (fs.roots().defaultSubvolume() != TreeId.FS) {
      notes.add(
          "default subvolume is "
              + Long.toUnsignedString(fs.roots().defaultSubvolume())
              + "; shown from the top level, which holds it");
    }
    return journal(sb, notes, mode);
  }

  private static VolumeNotes journal(Superblock sb, List<String> notes, JournalMode mode) {
    if (sb.logRoot() == 0) {
      return new VolumeNotes(List.copyOf(notes), JournalState.CLEAN, Optional.empty());
    }
    notes.add(
        "log tree was not replayed (unclean shutdown); files synced last are shown as before");
    JournalState state =
        mode == JournalMode.AS_ON_DISK ? JournalState.AS_ON_DISK : JournalState.NOT_REPLAYED;
    return new VolumeNotes(
        List.copyOf(notes),
        state,
        Optional.of(
            "the log tree was not replayed, so files that were synced after the last commit are"
                + " missing or shown as they were before"));
  }
}
