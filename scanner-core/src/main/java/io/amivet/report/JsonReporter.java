package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import java.io.IOException;
import java.io.OutputStream;

/** The whole report as one JSON object, described by {@code docs/report-schema.json}. */
public final class JsonReporter implements Reporter {

  @Override
  public String format() {
    return "json";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.pretty(out)) {
      ReportJson parts = new ReportJson(json, showSecrets);
      json.writeStartObject();
      parts.head(report);
      parts.coverage(report);
      json.writeArrayFieldStart("findings");
      for (Finding finding : report.findings()) {
        json.writeStartObject();
        parts.finding(finding);
        json.writeEndObject();
      }
      json.writeEndArray();
      parts.tail(report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }
}
