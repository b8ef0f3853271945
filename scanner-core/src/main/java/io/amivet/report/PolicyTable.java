package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.finding.Review.ExceptionUse;
import io.amivet.finding.Review.PolicyUse;
import io.amivet.finding.RiskException;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;

/** What a policy accepts, and which of its exceptions no longer do anything, for a terminal. */
final class PolicyTable {
  private static final int MAX_PLACES = 5;
  private static final String INDENT = "    ";

  private final int columns;
  private final Style style;

  PolicyTable(int columns, Style style) {
    this.columns = columns;
    this.style = style;
  }

  void write(PolicyUse policy, PrintWriter text) {
    text.print(style.bold("Policy") + "  " + HostileText.escape(policy.file()) + "\n");
    if (policy.exceptions().isEmpty()) {
      text.print(INDENT + style.dim("no exceptions") + "\n");
    }
    for (ExceptionUse use : policy.exceptions()) {
      exception(use, policy, text);
    }
    text.print("\n");
  }

  private void exception(ExceptionUse use, PolicyUse policy, PrintWriter text) {
    RiskException exception = use.exception();
    StringJoiner selectors = new StringJoiner("  ");
    for (String selector : List.of(exception.rule(), exception.path(), exception.fingerprint())) {
      if (!selector.isEmpty()) {
        selectors.add(HostileText.escape(selector));
      }
    }
    String state = use.expired() ? style.warning("EXPIRED ") : style.good("ACCEPTED");
    text.print(INDENT + state + "  " + selectors + "\n");
    String because =
        exception.owner()
            + ", "
            + (use.expired() ? "until " : "to ")
            + exception.expires()
            + ": "
            + exception.reason();
    for (String line : Lines.wrap(HostileText.escape(because), columns - 2 * INDENT.length())) {
      text.print(INDENT + INDENT + style.dim(line) + "\n");
    }
    text.print(INDENT + INDENT + effect(use) + "\n");
    List<Finding> places =
        policy.suppressed().stream()
            .filter(suppressed -> suppressed.exception().equals(exception))
            .map(suppressed -> suppressed.finding())
            .toList();
    for (Finding finding : places.subList(0, Math.min(places.size(), MAX_PLACES))) {
      text.print(
          INDENT
              + INDENT
              + style.dim(finding.rule().id() + "  ")
              + HostileText.place(finding)
              + "\n");
    }
    if (places.size() > MAX_PLACES) {
      String more = Lines.count(places.size() - MAX_PLACES, "more finding");
      text.print(INDENT + INDENT + style.dim("… and " + more + "; -o json lists all") + "\n");
    }
  }

  private static String effect(ExceptionUse use) {
    if (use.findings() == 0) {
      return "selects nothing; it can go";
    }
    String findings = Lines.count(use.findings(), "finding");
    return findings + (use.expired() ? ", counted again" : ", suppressed");
  }
}
