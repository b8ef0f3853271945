package io.amivet.finding;

import io.amivet.fs.FsPath;
import io.amivet.rule.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a policy and an earlier report made of the findings. */
public record Review(Optional<PolicyUse> policy, Optional<BaselineUse> baseline) {
  /** Of a scan with neither. */
  public static final Review NONE = new Review(Optional.empty(), Optional.empty());

  /** Whether a finding counts for the verdict: all do that the earlier report did not have. */
  public boolean counts(Finding finding) {
    return baseline.isEmpty() || !baseline.get().known().contains(finding.id());
  }

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

  /**
   * The earlier report that the findings were compared with.
   *
   * @param file its name as given
   * @param digest SHA-256 of the file in hex
   * @param known ids of findings that it has too, and no less severe; they do not count
   * @param fixed what it has and this scan did not find again
   * @param differences reasons why what was not found again may be there all the same
   */
  public record BaselineUse(
      String file,
      String digest,
      Instant scannedAt,
      Set<String> known,
      List<Fixed> fixed,
      List<String> differences) {
    public BaselineUse {
      known = Set.copyOf(known);
      fixed = List.copyOf(fixed);
      differences = List.copyOf(differences);
    }
  }

  /** A finding of the earlier report that was not found again. */
  public record Fixed(
      String id, String rule, String title, Severity severity, FsPath path, String member) {}

  /** A finding that is accepted, and by what. */
  public record Suppressed(Finding finding, RiskException exception) {}
}
