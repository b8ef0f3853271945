package io.amivet.saved;

import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Review;
import io.amivet.finding.Review.BaselineUse;
import io.amivet.finding.Review.Fixed;
import io.amivet.saved.SavedReport.SavedFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares a report with an earlier one, by the ids of the findings. */
public final class Baseline {
  private final String file;
  private final SavedReport earlier;

  /**
   * @param file name of the earlier report as given
   */
  public Baseline(String file, SavedReport earlier) {
    this.file = file;
    this.earlier = earlier;
  }

  /**
   * The report in which only what the earlier one does not have counts for the verdict.
   *
   * <p>A finding that is worse now than it was is new: whoever accepted the one did not see the
   * other.
   */
  public Report compare(Report report) {
    Map<String, SavedFinding> before = new LinkedHashMap<>();
    for (SavedFinding finding : earlier.findings()) {
      before.merge(finding.id(), finding, (a, b) -> a.severity().atLeast(b.severity()) ? a : b);
    }
    Set<String> now = new TreeSet<>();
    report.review().policy().stream()
        .flatMap(policy -> policy.suppressed().stream())
        .forEach(suppressed -> now.add(suppressed.finding().id()));
    Set<String> known = new TreeSet<>();
    Set<String> worse = new TreeSet<>();
    for (Finding finding : report.findings()) {
      now.add(finding.id());
      SavedFinding same = before.get(finding.id());
      if (same != null) {
        known.add(finding.id());
        if (!same.severity().atLeast(finding.severity())) {
          worse.add(finding.id());
        }
      }
    }
    known.removeAll(worse);
    List<Fixed> fixed =
        before.values().stream()
            .filter(finding -> !now.contains(finding.id()))
            .map(one ->
                new Fixed(
                    one.id(), one.rule(), one.title(), one.severity(), one.path(), one.member()))
            .toList();
    BaselineUse use =
        new BaselineUse(
            file, earlier.digest(), earlier.startedAt(), known, fixed, differences(report));
    return report.judged(
        report.failOn(), report.findings(), new Review(report.review().policy(), Optional.of(use)));
  }

  /** Why a finding that is not there again may yet not be fixed. */
  private List<String> differences(Report report) {
    List<String> all = new ArrayList<>();
    if (earlier.profile() != report.profile()) {
      all.add(
          "profile " + earlier.profile().label() + " then, " + report.profile().label() + " now");
    }
    if (!earlier.depth().equals(report.depth())) {
      all.add("depth " + earlier.depth() + " then, " + report.depth() + " now");
    }
    if (!earlier.rulePackDigest().equals(report.rulePack().digest())) {
      all.add("other rules then");
    }
    if (!report.incompleteReasons().isEmpty()) {
      all.add("not everything was read now");
    }
    return all;
  }
}
