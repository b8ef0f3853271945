package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * Comma-separated values (RFC 4180), a line for each finding, in UTF-8. A cell that a spreadsheet
 * would take for a formula begins with an apostrophe: names in an image are chosen by whoever made
 * it.
 */
public final class CsvReporter implements Reporter {
  private static final List<String> COLUMNS =
      List.of(
          "severity",
          "rule",
          "title",
          "category",
          "target",
          "volume",
          "path",
          "member",
          "line",
          "origin",
          "evidence",
          "fields",
          "counts",
          "id",
          "remediation");

  /** What a spreadsheet takes for the beginning of a formula, if nothing stands before it. */
  private static final String FORMULA = "=+-@\t\r";

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    line(text, COLUMNS);
    for (Finding finding : report.findings()) {
      line(text, cells(report, finding, showSecrets));
    }
    text.flush();
  }

  private static List<String> cells(Report report, Finding finding, boolean showSecrets) {
    StringJoiner fields = new StringJoiner("; ");
    finding.fields().forEach((name, value) -> fields.add(name + "=" + value));
    return List.of(
        finding.severity().label(),
        finding.rule().id(),
        finding.rule().title(),
        finding.rule().category(),
        report.target().id(),
        Integer.toString(finding.volume()),
        HostileText.escape(finding.path()),
        HostileText.escape(finding.member()),
        finding.line() == 0 ? "" : Integer.toString(finding.line()),
        finding.origin().label(),
        HostileText.escape(finding.evidence().text(showSecrets)),
        HostileText.escape(fields.toString()),
        report.review().counts(finding) ? "yes" : "no",
        finding.id(),
        finding.rule().remediation().strip());
  }

  private static void line(Writer text, List<String> cells) throws IOException {
    StringJoiner line = new StringJoiner(",", "", "\r\n");
    cells.forEach(cell -> line.add(quoted(cell)));
    text.write(line.toString());
  }

  private static String quoted(String cell) {
    String sound = HostileText.wellFormed(cell);
    String start = sound.stripLeading();
    boolean formula = !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + sound.replace("\"", "\"\"") + "\"";
  }
}
