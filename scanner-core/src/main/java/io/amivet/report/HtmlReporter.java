package io.amivet.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code html}: one self-contained page without scripts that loads nothing from anywhere. */
public final class HtmlReporter implements Reporter {
  private static final int MAX_ROWS = 1_000;

  @Override
  public String format() {
    return "html";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    template().execute(page(report, showSecrets), writer);
    writer.flush();
  }

  private static Template template() throws IOException {
    try (InputStream in = HtmlReporter.class.getResourceAsStream("report.html.mustache")) {
      if (in == null) {
        throw new IllegalStateException("the page's template is missing");
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      // An absent value is our mistake and must not print as nothing; an empty one is not shown.
      return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(reader);
    }
  }

  private static Map<String, Object> page(Report report, boolean showSecrets) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("target", shown(report.target().id()));
    page.put("kind", report.target().kind());
    page.put("region", report.target().region());
    page.put("size", Lines.size(report.target().sizeBytes()));
    page.put("verdict", report.verdict().label());
    page.put("profile", report.profile().label());
    page.put("depth", report.depth());
    page.put("failOn", report.failOn().label());
    page.put("startedAt", report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    page.put("toolVersion", report.toolVersion());
    page.put("rules", report.rulePack().rules());
    page.put("rulesVersion", report.rulePack().version());
    page.put("rulesDigest", report.rulePack().digest());
    page.put("counts", counts(report));
    page.put("incomplete", !report.incompleteReasons().isEmpty());
    page.put("reasons", report.incompleteReasons().stream().map(HtmlReporter::shown).toList());
    page.put("groups", groups(report, showSecrets));
    addCoverage(page, report.coverage());
    return page;
  }

  private static List<Map<String, Object>> counts(Report report) {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = report.findings().stream().filter(f -> f.severity() == severity).count();
      counts.add(Map.of("severity", severity.label(), "count", count));
    }
    return counts;
  }

  private static List<Map<String, Object>> groups(Report report, boolean showSecrets) {
    Map<String, List<Finding>> byRule = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      byRule.computeIfAbsent(finding.rule().id(), _ -> new ArrayList<>()).add(finding);
    }
    List<Map<String, Object>> groups = new ArrayList<>();
    byRule.values().forEach(findings -> groups.add(group(findings, report, showSecrets)));
    return groups;
  }

  private static Map<String, Object> group(
      List<Finding> findings, Report report, boolean showSecrets) {
    Rule rule = findings.getFirst().rule();
    Severity severity = findings.getFirst().severity();
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("id", rule.id());
    group.put("title", rule.title());
    group.put("severity", severity.label());
    group.put("open", severity.atLeast(report.failOn()));
    group.put("description", rule.description().strip());
    group.put("remediation", rule.remediation().strip());
    group.put("hasReferences", !rule.references().isEmpty());
    group.put("references", String.join(" · ", rule.references()));
    group.put("places", findings.stream().map(f -> place(f, showSecrets)).toList());
    return group;
  }

  private static Map<String, Object> place(Finding finding, boolean showSecrets) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("path", HostileText.place(finding));
    place.put("line", finding.line() > 0 ? Integer.toString(finding.line()) : "");
    place.put("further", FurtherPlaces.text(finding));
    place.put("volume", finding.volume());
    place.put(
        "evidence",
        shown(showSecrets ? finding.evidence().revealed() : finding.evidence().redacted()));
    List<Map<String, Object>> fields = new ArrayList<>();
    finding
        .fields()
        .forEach((name, value) -> {
          if (!value.isEmpty()) {
            fields.add(Map.of("name", name, "value", shown(value)));
          }
        });
    if (!finding.alsoMatched().isEmpty()) {
      fields.add(Map.of("name", "alsoMatched", "value", String.join(", ", finding.alsoMatched())));
    }
    place.put("fields", fields);
    return place;
  }

  private static void addCoverage(Map<String, Object> page, Coverage coverage) {
    page.put("volumes", coverage.volumes().stream().map(HtmlReporter::volume).toList());
    page.put("hasSkipped", !coverage.skipped().isEmpty());
    page.put(
        "skipped",
        coverage.skipped().stream()
            .limit(MAX_ROWS)
            .map(skip ->
                Map.of(
                    "path", shown(skip.path().toString()),
                    "volume", skip.volume(),
                    "reason", shown(skip.reason())))
            .toList());
    page.put("hasAnomalies", !coverage.anomalies().isEmpty());
    page.put(
        "anomalies",
        coverage.anomalies().stream()
            .limit(MAX_ROWS)
            .map(anomaly -> Map.of("code", anomaly.code(), "message", shown(anomaly.message())))
            .toList());
  }

  private static Map<String, Object> volume(Coverage.VolumeCoverage covered) {
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("index", covered.volume().index());
    volume.put("name", shown(covered.volume().name()));
    volume.put("disk", shown(covered.disk()));
    volume.put("contents", shown(covered.volume().contents()));
    volume.put("label", shown(covered.volume().label()));
    volume.put("state", covered.volume().state().label());
    volume.put("reason", shown(covered.volume().reason()));
    volume.put("files", covered.files());
    volume.put("filesScanned", covered.filesScanned());
    volume.put("bytesScanned", Lines.size(covered.bytesScanned()));
    return volume;
  }

  /** Makes control and direction characters visible; the template escapes the markup. */
  private static String shown(String text) {
    return HostileText.escape(text);
  }
}
