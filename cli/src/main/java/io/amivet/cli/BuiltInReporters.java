package io.amivet.cli;

import io.amivet.report.AsffReporter;
import io.amivet.report.CsvReporter;
import io.amivet.report.HtmlReporter;
import io.amivet.report.JsonReporter;
import io.amivet.report.JsonlReporter;
import io.amivet.report.JunitReporter;
import io.amivet.report.MarkdownReporter;
import io.amivet.report.Reporter;
import io.amivet.report.SarifReporter;
import io.amivet.report.TableReporter;
import java.util.List;

/** Every report format that amivet writes. */
final class BuiltInReporters implements Reporters {
  private static final int TABLE_COLUMNS = 100;

  @Override
  public List<String> formats() {
    return List.of("table", "json", "jsonl", "sarif", "html", "junit", "markdown", "csv", "asff");
  }

  @Override
  public Reporter reporter(String format, boolean color) {
    return switch (format) {
      case "table" -> new TableReporter(TABLE_COLUMNS, color);
      case "json" -> new JsonReporter();
      case "jsonl" -> new JsonlReporter();
      case "sarif" -> new SarifReporter();
      case "html" -> new HtmlReporter();
      case "junit" -> new JunitReporter();
      case "markdown" -> new MarkdownReporter();
      case "csv" -> new CsvReporter();
      case "asff" -> new AsffReporter();
      default -> throw new IllegalArgumentException("no such format: " + format);
    };
  }
}
