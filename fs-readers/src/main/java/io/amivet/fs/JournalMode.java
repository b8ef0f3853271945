package io.amivet.fs;

/** What to make of changes that were committed to a journal but not yet written to their place. */
public enum JournalMode {
  /**
   * Lay them over the volume in memory, as the kernel would write them at the next mount. The image
   * itself is never changed.
   */
  REPLAY,
  /** Leave them aside: what {@code mount -o ro,noload} and {@code ro,norecovery} show. */
  AS_ON_DISK
}
