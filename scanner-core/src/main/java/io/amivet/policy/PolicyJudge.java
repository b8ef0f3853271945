package io.amivet.policy;

import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Review;
import io.amivet.finding.Review.ExceptionUse;
import io.amivet.finding.Review.PolicyUse;
import io.amivet.finding.Review.Suppressed;
import io.amivet.finding.RiskException;
import io.amivet.glob.Glob;
import io.amivet.policy.Policy.Expected;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies a policy to the report of a scan. */
public final class PolicyJudge {
  private static final Set<String> LOGIN = Set.of("login-account");
  private static final Set<String> KEYS = Set.of("authorized-key", "redirected-key");
  private static final Set<String> LOG_TARGETS = Set.of("remote-target", "inactive-target");

  private final Policy policy;
  private final List<Accepted> accepted;

  /** An exception with its glob taken apart. */
  private record Accepted(RiskException exception, List<Glob> globs) {

    static Accepted of(RiskException exception) {
      // Globs compare Latin-1 text, one char a byte of the path.
      String bytes =
          new String(
              exception.path().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return new Accepted(exception, bytes.isEmpty() ? List.of() : Glob.parse(bytes));
    }

    boolean selects(Finding finding) {
      return selectsRule(finding.rule().id())
          && (exception.fingerprint().isEmpty()
              || exception.fingerprint().equals(finding.id())
              || exception.fingerprint().equals(finding.fields().get("fingerprint")))
          && (globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, finding)));
    }

    private boolean selectsRule(String id) {
      String rule = exception.rule();
      return rule.isEmpty()
          || rule.equals(id)
          || (rule.endsWith("*") && id.startsWith(rule.substring(0, rule.length() - 1)));
    }

    private static boolean matches(Glob glob, Finding finding) {
      return glob.matches(finding.path().latin1());
    }
  }

  public PolicyJudge(Policy policy) {
    this.policy = policy;
    this.accepted = policy.exceptions().stream().map(Accepted::of).toList();
  }

  /**
   * The report with expected things at severity info, accepted findings set apart, and the verdict
   * that follows. Exceptions hold on the day on which the scan began.
   *
   * @param failOn the threshold that the user chose; null for that of the policy, or of the report
   */
  public Report judge(Report report, @Nullable Severity failOn) {
    LocalDate today = report.startedAt().atZone(ZoneOffset.UTC).toLocalDate();
    int[] selected = new int[accepted.size()];
    List<Finding> left = new ArrayList<>();
    List<Suppressed> suppressed = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Finding weighed = weigh(finding);
      Optional<RiskException> by = exceptionFor(weighed, today, selected);
      if (by.isEmpty()) {
        left.add(weighed);
      } else if (by.get().holdsOn(today)) {
        suppressed.add(new Suppressed(weighed, by.get()));
      } else {
        left.add(weighed.withField("exception", expiry(by.get())));
      }
    }
    // The sort is stable: what became info goes to the end, in the order it had.
    left.sort(Comparator.comparing(Finding::severity));
    List<ExceptionUse> uses = new ArrayList<>();
    for (int i = 0; i < selected.length; i++) {
      RiskException exception = accepted.get(i).exception();
      uses.add(new ExceptionUse(exception, !exception.holdsOn(today), selected[i]));
    }
    PolicyUse use = new PolicyUse(policy.file(), policy.digest(), uses, suppressed);
    Severity threshold = failOn;
    if (threshold == null) {
      threshold = policy.failOn().getOrDefault(report.profile(), report.failOn());
    }
    return report.judged(threshold, left, new Review(Optional.of(use), report.review().baseline()));
  }

  private static String expiry(RiskException exception) {
    return "expired "
        + exception.expires()
        + ", owner "
        + exception.owner()
        + ": "
        + exception.reason();
  }

  /** The first exception that holds and selects the finding, or else the first that did hold. */
  private Optional<RiskException> exceptionFor(Finding finding, LocalDate today, int[] selected) {
    int chosen = -1;
    for (int i = 0; i < accepted.size(); i++) {
      Accepted one = accepted.get(i);
      boolean better =
          chosen < 0
              || (!accepted.get(chosen).exception().holdsOn(today)
                  && one.exception().holdsOn(today));
      if (better && one.selects(finding)) {
        chosen = i;
      }
    }
    if (chosen < 0) {
      return Optional.empty();
    }
    selected[chosen]++;
    return Optional.of(accepted.get(chosen).exception());
  }

  private Finding weigh(Finding finding) {
    // What a further rule says of the same thing is not what the policy expects.
    if (!(finding.rule().condition() instanceof Rule.Condition.Parsed parsed)
        || !finding.alsoMatched().isEmpty()) {
      return finding;
    }
    Map<String, String> fields = finding.fields();
    if (onlyOf(parsed, LOGIN)) {
      return allowed(finding, "expected user", policy.expectedUsers(), fields.get("user"));
    }
    if (fields.containsKey("fingerprint") && hasAny(parsed, KEYS)) {
      return allowed(finding, "known key", policy.knownKeys(), fields.get("fingerprint"));
    }
    if (onlyOf(parsed, LOG_TARGETS)) {
      return logTarget(finding, fields.get("host"), fields.get("address"));
    }
    return finding;
  }

  private static boolean onlyOf(Rule.Condition.Parsed parsed, Set<String> kinds) {
    return !parsed.kinds().isEmpty() && kinds.containsAll(parsed.kinds());
  }

  private static boolean hasAny(Rule.Condition.Parsed parsed, Set<String> kinds) {
    return parsed.kinds().stream().anyMatch(kinds::contains);
  }

  private static Finding allowed(
      Finding finding, String what, List<Expected> list, @Nullable String value) {
    for (Expected expected : list) {
      if (expected.value().equals(value)) {
        String note = expected.note().isEmpty() ? "" : ": " + expected.note();
        return finding.allowed(what + note);
      }
    }
    return finding;
  }

  /** A name that the image's own hosts file sends elsewhere is allowed only if that is, too. */
  private Finding logTarget(Finding finding, @Nullable String host, @Nullable String address) {
    if (host == null) {
      return finding;
    }
    Optional<LogTarget> named = covering(host);
    boolean elsewhere = address != null && covering(address).isEmpty();
    return named.isEmpty() || elsewhere ? finding : finding.allowed("log target " + named.get());
  }

  private Optional<LogTarget> covering(String host) {
    return policy.logTargets().stream().filter(target -> target.covers(host)).findFirst();
  }
}
