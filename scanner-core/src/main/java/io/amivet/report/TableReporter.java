package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.finding.Origin;
import io.amivet.finding.Report;
import io.amivet.finding.Verdict;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The report for a person at a terminal: a block for each rule, worst first, with the places where
 * it fired; then what was read, and the verdict last, where the eye is.
 */
public final class TableReporter implements Reporter {
  static final int MAX_PLACES = 20;
  private static final int MIN_COLUMNS = 80;
  private static final int MAX_COLUMNS = 140;
  private static final String INDENT = "    ";

  /** Fields that a policy adds; they stand beside the place. */
  private static final List<String> OF_POLICY = List.of("allowed", "exception");

  private static final String FOOTER =
      "This is not a complete security assessment: amivet reports what its rules know.";

  private final int columns;
  private final Style style;

  /**
   * @param columns width of the terminal; 0 if there is none
   * @param colours whether to use escape sequences for colours
   */
  public TableReporter(int columns, boolean colours) {
    this.columns = columns <= 0 ? 100 : Math.clamp(columns, MIN_COLUMNS, MAX_COLUMNS);
    this.style = colours ? Style.COLOURED : Style.PLAIN;
  }

  @Override
  public String format() {
    return "table";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    PrintWriter text = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    heading(report, text);
    for (List<Finding> block : blocks(report)) {
      block(block, report, showSecrets, text);
    }
    report
        .review()
        .policy()
        .ifPresent(policy -> new PolicyTable(columns, style).write(policy, text));
    report
        .review()
        .baseline()
        .ifPresent(baseline -> new BaselineTable(columns, style).write(baseline, text));
    new CoverageTable(columns, style).write(report, text);
    verdict(report, text);
    text.flush();
    if (text.checkError()) {
      throw new IOException("the report could not be written");
    }
  }

  /** Findings that count, by severity, worst first, and rule. */
  private static List<List<Finding>> blocks(Report report) {
    Map<Severity, Map<String, List<Finding>>> blocks = new EnumMap<>(Severity.class);
    for (Finding finding : report.findings()) {
      if (!report.review().counts(finding)) {
        continue;
      }
      blocks
          .computeIfAbsent(finding.severity(), _ -> new TreeMap<>())
          .computeIfAbsent(finding.rule().id(), _ -> new ArrayList<>())
          .add(finding);
    }
    return blocks.values().stream().flatMap(byRule -> byRule.values().stream()).toList();
  }

  private void heading(Report report, PrintWriter text) {
    StringJoiner line = new StringJoiner("  ·  ");
    line.add(report.target().kind() + " " + HostileText.escape(report.target().id()));
    if (!report.target().region().isEmpty()) {
      line.add(report.target().region());
    }
    line.add(Lines.size(report.target().sizeBytes()));
    line.add("profile " + report.profile().label());
    line.add(Lines.count(report.rulePack().rules(), "rule"));
    text.print(style.bold("amivet " + report.toolVersion()) + "  " + line + "\n\n");
  }

  private void block(List<Finding> block, Report report, boolean showSecrets, PrintWriter text) {
    Finding first = block.getFirst();
    String severity = Lines.pad(first.severity().label().toUpperCase(Locale.ROOT), 8);
    String id = first.rule().id();
    String places = block.size() == 1 ? "" : Lines.count(block.size(), "place");
    int titleColumns = columns - 8 - 2 - id.length() - 2 - places.length() - 2;
    String title = Lines.fit(HostileText.escape(first.rule().title()), titleColumns);
    text.print(
        style.severity(first.severity(), severity)
            + "  "
            + style.dim(id)
            + "  "
            + style.bold(title)
            + (places.isEmpty() ? "" : Lines.pad("", titleColumns - Lines.columns(title) + 2))
            + style.dim(places)
            + "\n");
    boolean manyVolumes =
        report.findings().stream().mapToInt(Finding::volume).distinct().count() > 1;
    for (Finding finding : block.subList(0, Math.min(block.size(), MAX_PLACES))) {
      place(finding, manyVolumes, showSecrets, text);
    }
    if (block.size() > MAX_PLACES) {
      String more = Lines.count(block.size() - MAX_PLACES, "more place");
      text.print(INDENT + style.dim("… and " + more + "; -o json lists all") + "\n");
    }
    remediation(first, text);
    text.print("\n");
  }

  private void place(Finding finding, boolean manyVolumes, boolean showSecrets, PrintWriter text) {
    StringBuilder where = new StringBuilder(HostileText.place(finding));
    if (finding.line() > 0) {
      where.append(':').append(finding.line());
    }
    StringJoiner notes = new StringJoiner(", ", "  (", ")").setEmptyValue("");
    if (manyVolumes) {
      notes.add("volume " + finding.volume());
    }
    if (finding.origin() != Origin.LIVE) {
      notes.add(finding.origin().label());
    }
    for (String ofPolicy : OF_POLICY) {
      String said = finding.fields().get(ofPolicy);
      if (said != null) {
        notes.add(HostileText.escape(ofPolicy + ": " + said));
      }
    }
    String further = FurtherPlaces.text(finding);
    if (!further.isEmpty()) {
      notes.add(further);
    }
    // A path is never cut: it is what the reader copies.
    text.print(INDENT + where + style.dim(notes.toString()) + "\n");
    String evidence = evidence(finding, showSecrets);
    if (!evidence.isEmpty()) {
      String deeper = INDENT + "  ";
      String shown = showSecrets ? evidence : Lines.fit(evidence, columns - deeper.length());
      text.print(deeper + style.dim(shown) + "\n");
    }
  }

  private static String evidence(Finding finding, boolean showSecrets) {
    String found = finding.evidence().text(showSecrets);
    StringJoiner parts = new StringJoiner("  ");
    if (!found.isEmpty()) {
      parts.add(HostileText.escape(found));
    }
    finding
        .fields()
        .forEach((name, value) -> {
          // What the evidence says already would only push the rest out of sight.
          if (!value.isEmpty() && !found.contains(value) && !OF_POLICY.contains(name)) {
            parts.add(HostileText.escape(name) + "=" + HostileText.escape(value));
          }
        });
    if (!finding.alsoMatched().isEmpty()) {
      parts.add("also " + String.join(", ", finding.alsoMatched()));
    }
    return parts.toString();
  }

  private void remediation(Finding finding, PrintWriter text) {
    String lead = INDENT + "→ ";
    // Line by line, since many are commands.
    for (String whole : finding.rule().remediation().strip().lines().toList()) {
      for (String line : Lines.wrap(whole, columns - lead.length())) {
        text.print(lead + line + "\n");
        lead = INDENT + "  ";
      }
    }
  }

  private void verdict(Report report, PrintWriter text) {
    StringJoiner counts = new StringJoiner(" · ");
    for (Severity severity : Severity.values()) {
      long count =
          report.findings().stream()
              .filter(f -> f.severity() == severity && report.review().counts(f))
              .count();
      if (count > 0) {
        counts.add(style.severity(severity, Lines.number(count) + " " + severity.label()));
      }
    }
    String nothing = report.review().baseline().isPresent() ? "nothing new" : "nothing found";
    String found = counts.length() == 0 ? nothing : counts.toString();
    text.print("\n" + style.bold("Findings  ") + found + "\n");
    text.print(style.bold("Verdict   ") + word(report.verdict()) + "  " + because(report) + "\n");
    text.print("\n" + style.dim(FOOTER) + "\n");
  }

  private String word(Verdict verdict) {
    String label = verdict.label().toUpperCase(Locale.ROOT);
    return switch (verdict) {
      case PASS -> style.good(label);
      case FAIL -> style.bad(label);
      case INCOMPLETE -> style.warning(label);
    };
  }

  private static String because(Report report) {
    String threshold = report.failOn().label();
    long reaching =
        report.findings().stream()
            .filter(f -> f.severity().atLeast(report.failOn()) && report.review().counts(f))
            .count();
    boolean incomplete = !report.incompleteReasons().isEmpty() || !report.coverage().complete();
    return switch (report.verdict()) {
      case PASS -> "everything was read, and nothing is " + threshold + " or worse";
      case FAIL ->
          Lines.count(reaching, "finding")
              + (threshold.equals("critical") ? " critical" : " " + threshold + " or worse")
              + (incomplete ? "; not everything was read" : "");
      case INCOMPLETE -> "nothing " + threshold + " or worse, but not everything was read";
    };
  }
}
