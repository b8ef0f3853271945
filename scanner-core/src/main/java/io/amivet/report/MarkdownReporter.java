package io.amivet.report;

import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Markdown for the summary of a job or a comment, as GitHub and GitLab show it: the verdict, what
 * was read, and the findings, rule by rule. Stays below the megabyte that a summary may have: what
 * does not fit is counted. What comes from the image is code, in which nothing has a meaning.
 */
public final class MarkdownReporter implements Reporter {
  private static final int MAX_CHARS = 900_000;
  private static final int MAX_PLACES_OF_RULE = 20;

  @Override
  public String format() {
    return "markdown";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(HostileText.wellFormed(page(report, showSecrets)));
    text.flush();
  }

  private static String page(Report report, boolean showSecrets) {
    StringBuilder text = new StringBuilder();
    text.append("## amivet: ").append(verdict(report)).append("\n\n");
    text.append("| | |\n|---|---|\n");
    row(text, "target", code(report.target().id()));
    row(text, "profile, depth", report.profile().label() + ", " + report.depth());
    row(text, "fails on", report.failOn().label() + " and above");
    row(text, "findings", counts(report));
    row(text, "read", read(report.coverage()));
    row(text, "amivet", report.toolVersion() + ", " + report.rulePack().rules() + " rules");
    text.append('\n');
    if (!report.incompleteReasons().isEmpty()) {
      text.append("### Not everything was read\n\n");
      report.incompleteReasons().stream()
          .limit(MAX_PLACES_OF_RULE)
          .forEach(reason -> text.append("- ").append(code(reason)).append('\n'));
      more(text, report.incompleteReasons().size(), "reason");
    }
    Map<String, List<Finding>> byRule = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      String key = finding.severity().name() + finding.rule().id();
      byRule.computeIfAbsent(key, _ -> new java.util.ArrayList<>()).add(finding);
    }
    int left = byRule.size();
    for (List<Finding> findings : byRule.values()) {
      String section = section(report, findings, showSecrets);
      if (text.length() + section.length() > MAX_CHARS) {
        text.append("\n…and ").append(Lines.count(left, "more rule")).append(" with findings.\n");
        break;
      }
      text.append(section);
      left--;
    }
    return text.toString();
  }

  private static String verdict(Report report) {
    return switch (report.verdict()) {
      case PASS -> "pass";
      case FAIL -> "**fail**";
      case INCOMPLETE -> "**incomplete**";
    };
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static String counts(Report report) {
    StringBuilder text = new StringBuilder();
    for (Severity severity : Severity.values()) {
      long count = report.findings().stream().filter(f -> f.severity() == severity).count();
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ");
        text.append(Lines.number(count)).append(' ').append(severity.label());
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  private static String read(Coverage coverage) {
    long files = coverage.volumes().stream().mapToLong(Coverage.VolumeCoverage::filesScanned).sum();
    long bytes = coverage.volumes().stream().mapToLong(Coverage.VolumeCoverage::bytesScanned).sum();
    return Lines.count(files, "file")
        + " on "
        + Lines.count(coverage.volumes().size(), "volume")
        + ", "
        + Lines.size(bytes);
  }

  private static String section(Report report, List<Finding> findings, boolean showSecrets) {
    Finding first = findings.getFirst();
    StringBuilder text = new StringBuilder("\n### ");
    text.append(first.severity().label()).append(": ").append(first.rule().title());
    text.append(" (").append(first.rule().id()).append(")\n\n");
    findings.stream()
        .limit(MAX_PLACES_OF_RULE)
        .forEach(finding -> {
          text.append("- ").append(span(place(finding)));
          if (!report.review().counts(finding)) {
            text.append(" (known)");
          }
          String evidence = finding.evidence().text(showSecrets);
          if (!evidence.isBlank()) {
            text.append(" ").append(code(evidence));
          }
          text.append('\n');
        });
    more(text, findings.size(), "place");
    return text.append('\n').append(first.rule().remediation().strip()).append('\n').toString();
  }

  private static void more(StringBuilder text, int all, String noun) {
    if (all > MAX_PLACES_OF_RULE) {
      text.append("- …and ").append(Lines.count(all - MAX_PLACES_OF_RULE, "more " + noun));
      text.append('\n');
    }
  }

  private static String place(Finding finding) {
    String place = HostileText.place(finding);
    return finding.line() == 0 ? place : place + ":" + finding.line();
  }

  private static String code(String any) {
    return span(HostileText.escape(any));
  }

  /**
   * A code span around text on one line: within it only a run of as many backquotes as open it has
   * a meaning, and in a cell of a table the bar.
   */
  private static String span(String line) {
    String safe = line.replace("|", "\\u{7c}");
    int longest = 0;
    int run = 0;
    for (int i = 0; i < safe.length(); i++) {
      run = safe.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + " " + safe + " " + fence;
  }
}
