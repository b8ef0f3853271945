package io.amivet.finding;

import java.util.List;
import java.util.Optional;

/** What a policy made of the findings. */
public record Review(Optional<PolicyUse> policy) {
  /** Of a scan without a policy. */
  public static final Review NONE = new Review(Optional.empty());

  /**
   * The policy that was applied.
   *
   * @param file its name as given
   * @param digest SHA-256 of the file in hex
   * @param exceptions in the order of the file
   * @param suppressed findings that an exception accepts; they are not among the report's findings
   */
  public record PolicyUse(
      String file, String digest, List<ExceptionUse> exceptions, List<Suppressed> suppressed) {
    public PolicyUse {
      exceptions = List.copyOf(exceptions);
      suppressed = List.copyOf(suppressed);
    }
  }

  /**
   * What became of an exception.
   *
   * @param expired whether it no longer holds, and its findings count again
   * @param findings how many it selects
   */
  public record ExceptionUse(RiskException exception, boolean expired, int findings) {}

  /** A finding that is accepted, and by what. */
  public record Suppressed(Finding finding, RiskException exception) {}
}
