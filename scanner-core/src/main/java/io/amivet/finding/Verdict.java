package io.amivet.finding;

import java.util.Locale;

/** The one word at the top of a report. */
public enum Verdict {
  /** Everything was read and nothing reaches the threshold. */
  PASS,
  /** Something reaches the threshold. */
  FAIL,
  /** Nothing reaches the threshold, but not everything was read. */
  INCOMPLETE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
