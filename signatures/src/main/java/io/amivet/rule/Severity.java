package io.amivet.rule;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, worst first. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFO;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity called {@code label}, in any case. */
  public static Optional<Severity> ofLabel(String label) {
    for (Severity severity : values()) {
      if (severity.label().equals(label.toLowerCase(Locale.ROOT))) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** Whether this is as bad as {@code threshold} or worse. */
  public boolean atLeast(Severity threshold) {
    return compareTo(threshold) <= 0;
  }

  /** The worse of the two. */
  public Severity or(Severity other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
