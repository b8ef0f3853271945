package io.amivet.cli;

import io.amivet.rule.Severity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How findings become a verdict.
 *
 * @param failOn the threshold; null if the user leaves it to the policy
 * @param usual the threshold if the policy has none either
 * @param policy the policy file; null for none
 * @param baseline an earlier report, whose findings do not count; null for none
 */
record Judging(
    @Nullable Severity failOn, Severity usual, @Nullable Path policy, @Nullable Path baseline) {
  /** What fails a scan if neither user nor policy say so. */
  static final Severity USUAL_THRESHOLD = Severity.HIGH;

  /** Without anything of the user's. */
  static final Judging USUAL = new Judging(null, USUAL_THRESHOLD, null, null);

  Severity threshold() {
    return failOn == null ? usual : failOn;
  }
}
