package io.amivet.scan;

import java.util.Locale;

/** How much is read. */
public enum Depth {
  /** Only files that a rule names by path. */
  QUICK,
  /** These, and the contents of all regular files. */
  FULL,
  /** These, and bytes that belong to no file: free blocks, swap, volumes that no reader knows. */
  FORENSIC;

  /** Whether the contents of all regular files are searched. */
  boolean readsAllFiles() {
    return this != QUICK;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
