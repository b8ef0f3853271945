package io.amivet.finding;

import java.util.Locale;

/** Where in an image the evidence lay. */
public enum Origin {
  LIVE,
  ARCHIVE_MEMBER,
  DELETED,
  UNALLOCATED,
  SLACK,
  XATTR;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
