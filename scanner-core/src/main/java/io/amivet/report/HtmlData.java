package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Review;
import io.amivet.rule.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as the page's script takes them: JSON that cannot end the element it stands in. */
final class HtmlData {
  private HtmlData() {}

  static String of(Report report, boolean showSecrets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonOutput.lines(out)) {
      json.writeStartObject();
      rules(json, report);
      json.writeArrayFieldStart("findings");
      List<Finding> sorted =
          report.findings().stream().sorted(Comparator.comparing(FindingGroup::of)).toList();
      for (Finding finding : sorted) {
        finding(json, report, finding, showSecrets);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString(StandardCharsets.US_ASCII).replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static void rules(JsonGenerator json, Report report) throws IOException {
    Map<String, Rule> rules = new LinkedHashMap<>();
    report.findings().forEach(finding -> rules.putIfAbsent(finding.rule().id(), finding.rule()));
    json.writeObjectFieldStart("rules");
    for (Rule rule : rules.values()) {
      json.writeObjectFieldStart(rule.id());
      json.writeStringField("title", rule.title());
      json.writeStringField("description", rule.description().strip());
      json.writeStringField("remediation", rule.remediation().strip());
      json.writeArrayFieldStart("references");
      for (String reference : rule.references()) {
        json.writeString(reference);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void finding(
      JsonGenerator json, Report report, Finding finding, boolean showSecrets) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("severity", finding.severity().label());
    json.writeStringField("group", FindingGroup.of(finding).label());
    json.writeStringField("where", where(finding));
    json.writeStringField("further", FurtherPlaces.text(finding));
    json.writeNumberField("volume", finding.volume());
    json.writeStringField("origin", finding.origin().label());
    json.writeStringField("status", status(report.review(), finding));
    json.writeStringField("evidence", evidence(finding, showSecrets));
    json.writeArrayFieldStart("fields");
    for (Map.Entry<String, String> field : finding.fields().entrySet()) {
      if (!field.getValue().isEmpty()) {
        json.writeString(
            HostileText.escape(field.getKey()) + ": " + HostileText.escape(field.getValue()));
      }
    }
    if (!finding.alsoMatched().isEmpty()) {
      json.writeString("alsoMatched: " + String.join(", ", finding.alsoMatched()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static String where(Finding finding) {
    return HostileText.place(finding) + (finding.line() > 0 ? ":" + finding.line() : "");
  }

  static String evidence(Finding finding, boolean showSecrets) {
    return HostileText.escape(finding.evidence().text(showSecrets));
  }

  /** What an earlier report makes of a finding; empty if none was given. */
  private static String status(Review review, Finding finding) {
    if (review.baseline().isEmpty()) {
      return "";
    }
    return review.counts(finding) ? "new" : "known before";
  }
}
