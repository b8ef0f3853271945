package io.amivet.fs;

import java.util.Locale;

/** What became of a file system's journal. */
public enum JournalState {
  /** The format or this volume has none. */
  NONE,
  /** It holds nothing that is not also in its place. */
  CLEAN,
  /** All that the kernel would replay lies over the volume. */
  REPLAYED,
  /** It holds changes, and some of them could not be replayed. */
  PARTLY_REPLAYED,
  /** It holds changes, left aside because they cannot be read. */
  NOT_REPLAYED,
  /** It holds changes, left aside because the caller asked for the volume as it is on disk. */
  AS_ON_DISK;

  /** As reports have it: {@code partly-replayed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
