package io.amivet.base;

import java.io.IOException;

/** Where a disk has the bytes of its base, at the same offset. Thread-safe. */
public interface DiskChanges {

  /**
   * Whether all bytes of a range are those of the base. False if it cannot be said without doubt,
   * and of what lies past the end of either disk.
   *
   * @throws IOException if one of the two cannot be read
   */
  boolean isUnchanged(long offset, long lengthBytes) throws IOException;
}
