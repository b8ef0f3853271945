package io.amivet.fs;

import java.util.List;

/** Where the contents of a file or symbolic link lie. Never longer than {@code sizeBytes}. */
public sealed interface FileContent {

  /** Length of the contents in bytes; for regular files {@code st_size}. */
  long sizeBytes();

  /**
   * Contents kept inside the inode or its attributes.
   *
   * @param bytes exactly the contents; do not modify
   */
  record Inline(byte[] bytes) implements FileContent {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }
  }

  /**
   * Contents in blocks of the volume. What no extent covers is a hole and reads as zeros.
   *
   * @param extents ascending by {@code fileOffset}, not overlapping, inside the volume
   */
  record Mapped(long sizeBytes, List<Extent> extents) implements FileContent {
    public Mapped {
      extents = List.copyOf(extents);
    }
  }
}
