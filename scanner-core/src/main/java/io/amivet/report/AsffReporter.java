package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.rule.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * AWS Security Finding Format: each line is one request of Security Hub's BatchImportFindings, so
 * small that the service takes it. Lengths are those of the API reference.
 */
public final class AsffReporter implements Reporter {
  static final int MAX_BATCH_FINDINGS = 100;
  static final int MAX_BATCH_BYTES = 6_000_000;

  private static final int MAX_TITLE = 256;
  private static final int MAX_DESCRIPTION = 1024;
  private static final int MAX_RECOMMENDATION = 512;
  private static final int MAX_KEY = 128;

  /** Fewer and shorter than the format allows, so that no finding comes near 240 KB. */
  private static final int MAX_FIELDS = 20;

  private static final int MAX_VALUE = 1024;

  private static final byte[] BEGIN = ascii("{\"Findings\":[");
  private static final byte[] END = ascii("]}\n");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String format() {
    return "asff";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    AwsOrigin origin =
        AwsOrigin.of(report)
            .orElseThrow(() ->
                new IOException(
                    "asff is for AMIs and snapshots, read by an identity that AWS STS names:"
                        + " a finding in Security Hub belongs to an account"));
    int findings = 0;
    int bytes = 0;
    for (Finding finding : report.findings()) {
      byte[] json = json(report, finding, origin, showSecrets);
      boolean full =
          findings == MAX_BATCH_FINDINGS
              || bytes + json.length + 1 + BEGIN.length + END.length > MAX_BATCH_BYTES;
      if (findings > 0 && full) {
        out.write(END);
        findings = 0;
        bytes = 0;
      }
      if (findings == 0) {
        out.write(BEGIN);
      } else {
        out.write(',');
      }
      out.write(json);
      findings++;
      bytes += json.length + 1;
    }
    if (findings > 0) {
      out.write(END);
    }
    out.flush();
  }

  private static byte[] json(Report report, Finding finding, AwsOrigin origin, boolean showSecrets)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonOutput.lines(bytes)) {
      new Writing(json, report, finding, origin, showSecrets).whole();
    }
    return bytes.toByteArray();
  }

  /** {@code text}, no longer than {@code max} UTF-16 units, cut between characters. */
  static String cut(String text, int max) {
    String sound = HostileText.wellFormed(text);
    if (sound.length() <= max) {
      return sound;
    }
    int end = max - 1;
    if (Character.isHighSurrogate(sound.charAt(end - 1))) {
      end--;
    }
    return sound.substring(0, end) + "…";
  }

  /** From the taxonomy of Security Hub, {@code namespace/category}. */
  private static String type(String category) {
    return switch (category) {
      case "pers" -> "TTPs/Persistence";
      case "acct", "app", "cin", "cld", "db", "gen", "hist", "inf", "ssh", "tls", "tok", "vcs" ->
          "Sensitive Data Identifications/Passwords";
      default -> "Software and Configuration Checks";
    };
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "CRITICAL";
      case HIGH -> "HIGH";
      case MEDIUM -> "MEDIUM";
      case LOW -> "LOW";
      case INFO -> "INFORMATIONAL";
    };
  }

  private record Writing(
      JsonGenerator json, Report report, Finding finding, AwsOrigin origin, boolean showSecrets) {
    void whole() throws IOException {
      json.writeStartObject();
      json.writeStringField("SchemaVersion", "2018-10-08");
      json.writeStringField(
          "Id", origin.arn() + "/amivet/" + finding.volume() + "/" + finding.id());
      json.writeStringField("ProductArn", productArn());
      json.writeStringField("GeneratorId", cut("amivet/" + finding.rule().id(), MAX_TITLE));
      json.writeStringField("AwsAccountId", origin.account());
      json.writeStringField("CreatedAt", time(report.startedAt()));
      json.writeStringField("UpdatedAt", time(report.finishedAt()));
      json.writeStringField(
          "Title", cut(finding.rule().title() + " in " + report.target().id(), MAX_TITLE));
      json.writeStringField("Description", cut(description(), MAX_DESCRIPTION));
      provider();
      remediation();
      fields();
      resource();
      json.writeStringField("RecordState", "ACTIVE");
      json.writeEndObject();
    }

    private String productArn() {
      return "arn:"
          + origin.partition()
          + ":securityhub:"
          + origin.region()
          + ":"
          + origin.account()
          + ":product/"
          + origin.account()
          + "/default";
    }

    private static String time(Instant instant) {
      return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private String description() {
      return HostileText.place(finding) + ": " + finding.rule().description().strip();
    }

    private void provider() throws IOException {
      json.writeObjectFieldStart("FindingProviderFields");
      json.writeObjectFieldStart("Severity");
      json.writeStringField("Label", severity(finding.severity()));
      json.writeStringField("Original", finding.severity().label());
      json.writeEndObject();
      json.writeArrayFieldStart("Types");
      json.writeString(type(finding.rule().category()));
      json.writeEndArray();
      json.writeEndObject();
    }

    private void remediation() throws IOException {
      json.writeObjectFieldStart("Remediation");
      json.writeObjectFieldStart("Recommendation");
      json.writeStringField("Text", cut(finding.rule().remediation().strip(), MAX_RECOMMENDATION));
      json.writeEndObject();
      json.writeEndObject();
    }

    private void fields() throws IOException {
      json.writeObjectFieldStart("ProductFields");
      field("amivet/path", HostileText.place(finding));
      field("amivet/volume", Integer.toString(finding.volume()));
      field("amivet/line", finding.line() == 0 ? "" : Integer.toString(finding.line()));
      field("amivet/origin", finding.origin().label());
      field("amivet/evidence", HostileText.escape(finding.evidence().text(showSecrets)));
      int written = 0;
      for (Map.Entry<String, String> each : finding.fields().entrySet()) {
        if (written++ == MAX_FIELDS) {
          break;
        }
        field(
            "amivet/field/" + HostileText.escape(each.getKey()),
            HostileText.escape(each.getValue()));
      }
      json.writeEndObject();
    }

    private void field(String name, String value) throws IOException {
      if (!value.isBlank()) {
        json.writeStringField(cut(name, MAX_KEY), cut(value, MAX_VALUE));
      }
    }

    private void resource() throws IOException {
      json.writeArrayFieldStart("Resources");
      json.writeStartObject();
      json.writeStringField("Type", "Other");
      json.writeStringField("Id", origin.arn());
      json.writeStringField("Partition", origin.partition());
      json.writeStringField("Region", origin.region());
      json.writeEndObject();
      json.writeEndArray();
    }
  }
}
