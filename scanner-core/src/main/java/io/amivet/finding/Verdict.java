package io.amivet.finding;

import io.amivet.rule.Severity;
import java.util.List;
import java.util.Locale;

/** The one word at the top of a report. */
public enum Verdict {
  /** Everything was read and nothing reaches the threshold. */
  PASS,
  /** Something reaches the threshold. */
  FAIL,
  /** Nothing reaches the threshold, but not everything was read. */
  INCOMPLETE;

  /** What follows from findings that count. */
  public static Verdict of(
      List<Finding> counting, Severity failOn, List<String> incompleteReasons) {
    if (counting.stream().anyMatch(finding -> finding.severity().atLeast(failOn))) {
      return FAIL;
    }
    return incompleteReasons.isEmpty() ? PASS : INCOMPLETE;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
