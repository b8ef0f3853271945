package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One JSON object a line, for tools that read streams: each finding with {@code "type":"finding"},
 * at the end all else with {@code "type":"summary"}. A file without a last line of that type was
 * cut off.
 */
public final class JsonlReporter implements Reporter {

  @Override
  public String format() {
    return "jsonl";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.lines(out)) {
      ReportJson parts = new ReportJson(json, showSecrets);
      for (Finding finding : report.findings()) {
        json.writeStartObject();
        json.writeStringField("type", "finding");
        parts.finding(finding);
        json.writeEndObject();
      }
      json.writeStartObject();
      json.writeStringField("type", "summary");
      parts.head(report);
      parts.coverage(report);
      parts.tail(report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }
}
