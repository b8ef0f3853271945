package io.amivet.scan;

import java.util.Locale;

/** How much is read. */
public enum Depth {
  /** Only files that a rule names by path. */
  QUICK,
  /** These, and the contents of all regular files. */
  FULL;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
