package io.amivet.finding;

import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a scan has to say; reporters only write it down.
 *
 * @param findings worst first, then by volume, path and rule
 * @param incompleteReasons one sentence for each reason why the coverage is incomplete
 * @param timings named stages of the scan in order
 * @param review what a policy and an earlier report made of the findings
 * @param custody what lets others check which bytes were judged
 */
public record Report(
    String toolVersion,
    TargetInfo target,
    Instant startedAt,
    Instant finishedAt,
    RulePackInfo rulePack,
    Profile profile,
    String depth,
    Severity failOn,
    Verdict verdict,
    Coverage coverage,
    List<Finding> findings,
    List<String> incompleteReasons,
    Map<String, Duration> timings,
    Review review,
    Custody custody) {
  public Report {
    findings = List.copyOf(findings);
    incompleteReasons = List.copyOf(incompleteReasons);
    timings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(timings));
  }

  /** A report as the scanner makes it: neither judged by a policy nor hashed. */
  public Report(
      String toolVersion,
      TargetInfo target,
      Instant startedAt,
      Instant finishedAt,
      RulePackInfo rulePack,
      Profile profile,
      String depth,
      Severity failOn,
      Verdict verdict,
      Coverage coverage,
      List<Finding> findings,
      List<String> incompleteReasons,
      Map<String, Duration> timings) {
    this(
        toolVersion,
        target,
        startedAt,
        finishedAt,
        rulePack,
        profile,
        depth,
        failOn,
        verdict,
        coverage,
        findings,
        incompleteReasons,
        timings,
        Review.NONE,
        Custody.NONE);
  }

  /** The same scan with other findings, and the verdict that follows from them. */
  public Report judged(Severity threshold, List<Finding> others, Review by) {
    List<Finding> counted = others.stream().filter(by::counts).toList();
    return with(threshold, Verdict.of(counted, threshold, incompleteReasons), others, by, custody);
  }

  /** The same with its chain of custody. */
  public Report with(Custody chain) {
    return with(failOn, verdict, findings, review, chain);
  }

  private Report with(
      Severity threshold, Verdict outcome, List<Finding> found, Review by, Custody chain) {
    return new Report(
        toolVersion,
        target,
        startedAt,
        finishedAt,
        rulePack,
        profile,
        depth,
        threshold,
        outcome,
        coverage,
        found,
        incompleteReasons,
        timings,
        by,
        chain);
  }

  /**
   * What was scanned.
   *
   * @param kind {@code image}, {@code ami}, {@code snapshot}
   * @param id the AMI or snapshot id, or the file's path as given
   * @param region AWS Region; empty for files
   * @param disks snapshot ids or file names in order, the root disk first
   */
  public record TargetInfo(
      String kind, String id, String region, long sizeBytes, List<String> disks) {
    public TargetInfo {
      disks = List.copyOf(disks);
    }
  }

  /** Which rules judged. */
  public record RulePackInfo(String version, String digest, int rules) {}
}
