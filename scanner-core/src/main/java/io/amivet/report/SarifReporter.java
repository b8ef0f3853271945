package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * SARIF 2.1.0 (OASIS standard), as code scanning services take it. Only the rules that fired are
 * described; paths are relative to a base for each volume.
 */
public final class SarifReporter implements Reporter {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
  private static final String FINGERPRINT = "amivetFindingId/v1";
  private static final String UNRESERVED = "-._~/";

  @Override
  public String format() {
    return "sarif";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.pretty(out)) {
      new Writing(json, report, showSecrets).log();
      json.writeRaw('\n');
    }
    out.flush();
  }

  /** {@code error}, {@code warning} or {@code note}. */
  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "note";
    };
  }

  /** A number in the middle of the CVSS range that services show under the severity's name. */
  private static String securitySeverity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case INFO -> "0.0";
    };
  }

  /** A relative reference (RFC 3986) whose bytes are those of the path. */
  static String uri(FsPath path) {
    StringBuilder uri = new StringBuilder();
    for (int i = 1; i < path.length(); i++) {
      int b = path.byteAt(i) & 0xff;
      boolean plain =
          (b >= '0' && b <= '9')
              || (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || UNRESERVED.indexOf(b) >= 0;
      if (plain) {
        uri.append((char) b);
      } else {
        uri.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return uri.isEmpty() ? "." : uri.toString();
  }

  /** Literal text for a message, in which brackets make links and braces make placeholders. */
  static String message(String text) {
    return HostileText.wellFormed(text)
        .replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("{", "{{")
        .replace("}", "}}");
  }

  private static String base(int volume) {
    return "VOLUME" + volume;
  }

  /** One report on its way out. */
  private static final class Writing {
    private final JsonGenerator json;
    private final Report report;
    private final boolean showSecrets;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Integer> ruleIndex = new LinkedHashMap<>();
    private final Map<String, Severity> worst = new LinkedHashMap<>();

    Writing(JsonGenerator json, Report report, boolean showSecrets) {
      this.json = json;
      this.report = report;
      this.showSecrets = showSecrets;
      for (Finding finding : report.findings()) {
        String id = finding.rule().id();
        if (ruleIndex.putIfAbsent(id, rules.size()) == null) {
          rules.add(finding.rule());
        }
        worst.merge(id, finding.severity(), Severity::or);
      }
    }

    void log() throws IOException {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      tool();
      invocation();
      bases();
      json.writeArrayFieldStart("results");
      for (Finding finding : report.findings()) {
        result(finding);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }

    private void tool() throws IOException {
      json.writeObjectFieldStart("tool");
      json.writeObjectFieldStart("driver");
      json.writeStringField("name", "amivet");
      json.writeStringField("version", report.toolVersion());
      json.writeArrayFieldStart("rules");
      for (Rule rule : rules) {
        rule(rule, worst.getOrDefault(rule.id(), Severity.INFO));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }

    private void rule(Rule rule, Severity severity) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      text("shortDescription", rule.title());
      text("fullDescription", rule.description());
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(severity));
      json.writeEndObject();
      text("help", help(rule));
      json.writeObjectFieldStart("properties");
      json.writeArrayFieldStart("tags");
      json.writeString("security");
      json.writeString(rule.category());
      json.writeEndArray();
      json.writeStringField("security-severity", securitySeverity(severity));
      json.writeEndObject();
      json.writeEndObject();
    }

    private static String help(Rule rule) {
      StringBuilder help = new StringBuilder(rule.description()).append("\n\n");
      help.append(rule.remediation());
      for (String reference : rule.references()) {
        help.append('\n').append(reference);
      }
      return help.toString();
    }

    private void text(String name, String text) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeStringField("text", HostileText.wellFormed(text));
      json.writeEndObject();
    }

    private void invocation() throws IOException {
      json.writeArrayFieldStart("invocations");
      json.writeStartObject();
      json.writeStringField("startTimeUtc", report.startedAt().toString());
      json.writeStringField("endTimeUtc", report.finishedAt().toString());
      json.writeBooleanField("executionSuccessful", true);
      json.writeArrayFieldStart("toolExecutionNotifications");
      for (String reason : report.incompleteReasons()) {
        json.writeStartObject();
        json.writeStringField("level", "warning");
        text("message", message("not everything was read: " + reason));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }

    private void bases() throws IOException {
      json.writeObjectFieldStart("originalUriBaseIds");
      for (Coverage.VolumeCoverage covered : report.coverage().volumes()) {
        json.writeObjectFieldStart(base(covered.volume().index()));
        text("description", message(covered.volume().name() + " of " + covered.disk()));
        json.writeEndObject();
      }
      json.writeEndObject();
    }

    private void result(Finding finding) throws IOException {
      json.writeStartObject();
      json.writeStringField("ruleId", finding.rule().id());
      json.writeNumberField("ruleIndex", ruleIndex.getOrDefault(finding.rule().id(), -1));
      json.writeStringField("level", level(finding.severity()));
      text("message", message(sentence(finding)));
      json.writeArrayFieldStart("locations");
      json.writeStartObject();
      json.writeObjectFieldStart("physicalLocation");
      json.writeObjectFieldStart("artifactLocation");
      json.writeStringField("uri", uri(finding.path()));
      json.writeStringField("uriBaseId", base(finding.volume()));
      json.writeEndObject();
      region(finding);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField(FINGERPRINT, finding.id());
      json.writeEndObject();
      properties(finding);
      json.writeEndObject();
    }

    private String sentence(Finding finding) {
      String evidence = finding.evidence().text(showSecrets);
      return finding.rule().title()
          + " in "
          + HostileText.place(finding)
          + (evidence.isEmpty() ? "" : ": " + HostileText.escape(evidence));
    }

    private void region(Finding finding) throws IOException {
      if (finding.line() <= 0 && finding.offset() < 0) {
        return;
      }
      json.writeObjectFieldStart("region");
      if (finding.line() > 0) {
        json.writeNumberField("startLine", finding.line());
      } else {
        json.writeNumberField("byteOffset", finding.offset());
        json.writeNumberField("byteLength", 0);
      }
      json.writeEndObject();
    }

    private void properties(Finding finding) throws IOException {
      json.writeObjectFieldStart("properties");
      json.writeStringField("severity", finding.severity().label());
      json.writeNumberField("volume", finding.volume());
      json.writeStringField("origin", finding.origin().label());
      for (Map.Entry<String, String> field : finding.fields().entrySet()) {
        json.writeStringField(
            "field." + HostileText.wellFormed(field.getKey()),
            HostileText.wellFormed(field.getValue()));
      }
      if (!finding.furtherPlaces().isEmpty()) {
        json.writeStringField("places", FurtherPlaces.text(finding));
      }
      if (!finding.alsoMatched().isEmpty()) {
        json.writeStringField("alsoMatched", String.join(", ", finding.alsoMatched()));
      }
      json.writeEndObject();
    }
  }
}
