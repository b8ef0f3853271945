package io.amivet.finding;

import java.time.LocalDate;

/**
 * A risk that somebody accepted for a time. Empty selectors select everything; {@code rule} and
 * {@code fingerprint} are never both empty.
 *
 * @param rule id of a rule, or the beginning of ids and {@code *}
 * @param path glob over paths of the image
 * @param fingerprint id of a finding, or fingerprint of a key ({@code SHA256:…})
 * @param owner who answers for it
 * @param expires the last day on which it holds, UTC
 * @param line in the policy file
 */
public record RiskException(
    String rule,
    String path,
    String fingerprint,
    String owner,
    String reason,
    LocalDate expires,
    int line) {

  public boolean holdsOn(LocalDate day) {
    return !day.isAfter(expires);
  }
}
