package io.amivet.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.amivet.finding.Coverage;
import io.amivet.finding.Custody;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Review;
import io.amivet.finding.RiskException;
import io.amivet.rule.Severity;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * {@code html}: one self-contained page whose one script is its own, and that loads nothing from
 * anywhere.
 */
public final class HtmlReporter implements Reporter {
  private static final int MAX_ROWS = 1_000;
  private static final int MAX_PLAIN = 200;
  private static final int MAX_TOP = 5;

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

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReporter.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("a part of the page is missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** SHA-256 in Base64, as a Content-Security-Policy names what may stand in the page. */
  private static String hash(String text) {
    return Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
  }

  private static Template template() throws IOException {
    // An absent value is our mistake and must not print as nothing; an empty one is not shown.
    return Mustache.compiler()
        .escapeHTML(true)
        .emptyStringIsFalse(true)
        .compile(resource("report.html.mustache"));
  }

  private static Map<String, Object> page(Report report, boolean showSecrets) throws IOException {
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
    page.put("total", report.findings().size());
    page.put("top", top(report));
    page.put("plainCount", Math.min(MAX_PLAIN, report.findings().size()));
    page.put(
        "places",
        report.findings().stream().limit(MAX_PLAIN).map(f -> place(f, showSecrets)).toList());
    page.put("disclaimer", ReportJson.DISCLAIMER);
    addPolicy(page, report.review());
    addBaseline(page, report);
    addCustody(page, report.custody());
    addCoverage(page, report.coverage());
    String style = resource("report.css");
    String script = resource("report.js");
    page.put("style", style);
    page.put("styleHash", hash(style));
    page.put("script", script);
    page.put("scriptHash", hash(script));
    page.put("data", HtmlData.of(report, showSecrets));
    return page;
  }

  private static List<Map<String, Object>> counts(Report report) {
    long most = 1;
    for (Severity severity : Severity.values()) {
      most = Math.max(most, count(report, severity));
    }
    List<Map<String, Object>> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = count(report, severity);
      int y = 5 + counts.size() * 24;
      counts.add(
          Map.of(
              "severity",
              severity.label(),
              "count",
              count,
              "y",
              y,
              "textY",
              y + 10,
              "width",
              count == 0 ? 0 : Math.max(2, count * 190 / most)));
    }
    return counts;
  }

  private static long count(Report report, Severity severity) {
    return report.findings().stream().filter(f -> f.severity() == severity).count();
  }

  private static List<Map<String, Object>> top(Report report) {
    Map<String, List<Finding>> byRule = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      byRule.computeIfAbsent(finding.rule().id(), _ -> new ArrayList<>()).add(finding);
    }
    return byRule.values().stream()
        .limit(MAX_TOP)
        .map(findings ->
            Map.<String, Object>of(
                "severity", findings.getFirst().severity().label(),
                "title", findings.getFirst().rule().title(),
                "id", findings.getFirst().rule().id(),
                "count", Lines.count(findings.size(), "finding")))
        .toList();
  }

  private static Map<String, Object> place(Finding finding, boolean showSecrets) {
    return Map.of(
        "where", HtmlData.where(finding),
        "further", FurtherPlaces.text(finding),
        "volume", finding.volume(),
        "severity", finding.severity().label(),
        "title", finding.rule().title(),
        "rule", finding.rule().id(),
        "evidence", HtmlData.evidence(finding, showSecrets));
  }

  private static void addPolicy(Map<String, Object> page, Review review) {
    page.put("hasPolicy", review.policy().isPresent());
    if (review.policy().isEmpty()) {
      return;
    }
    Review.PolicyUse policy = review.policy().get();
    page.put("policyFile", shown(policy.file()));
    page.put("policyDigest", policy.digest());
    page.put("exceptions", policy.exceptions().stream().map(HtmlReporter::exception).toList());
  }

  private static Map<String, Object> exception(Review.ExceptionUse use) {
    RiskException exception = use.exception();
    String selects =
        String.join(" ", exception.rule(), exception.path(), exception.fingerprint()).strip();
    String findings = Lines.count(use.findings(), "finding");
    return Map.of(
        "selects", shown(selects),
        "reason", shown(exception.reason()),
        "owner", shown(exception.owner()),
        "expires", exception.expires().toString(),
        "effect", findings + (use.expired() ? ", expired: counted again" : ", suppressed"));
  }

  private static void addBaseline(Map<String, Object> page, Report report) {
    page.put("hasBaseline", report.review().baseline().isPresent());
    if (report.review().baseline().isEmpty()) {
      return;
    }
    Review.BaselineUse baseline = report.review().baseline().get();
    page.put("baselineFile", shown(baseline.file()));
    page.put("baselineTime", baseline.scannedAt().toString());
    page.put("baselineDigest", baseline.digest());
    page.put("newCount", report.findings().stream().filter(report.review()::counts).count());
    page.put("knownCount", baseline.known().size());
    page.put("fixedCount", baseline.fixed().size());
    page.put("differences", baseline.differences().stream().map(HtmlReporter::shown).toList());
    page.put(
        "fixed",
        baseline.fixed().stream()
            .limit(MAX_ROWS)
            .map(fixed ->
                Map.of(
                    "severity", fixed.severity().label(),
                    "title", shown(fixed.title()),
                    "rule", shown(fixed.rule()),
                    "path", HostileText.escape(fixed.path())))
            .toList());
  }

  private static void addCustody(Map<String, Object> page, Custody custody) {
    page.put("toolDigest", custody.toolDigest());
    page.put("caller", shown(custody.caller()));
    page.put(
        "disks",
        custody.disks().stream()
            .map(disk ->
                Map.of(
                    "disk", shown(disk.disk()),
                    "method", disk.method().label(),
                    "digest", disk.digest()))
            .toList());
  }

  private static void addCoverage(Map<String, Object> page, Coverage coverage) {
    page.put("volumes", coverage.volumes().stream().map(HtmlReporter::volume).toList());
    page.put("base", coverage.base().map(CoverageTable::base).orElse(""));
    page.put("skippedTotal", coverage.skippedTotal());
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
    boolean read = covered.volume().state() == VolumeState.READ;
    // How much of a volume is missing is not known, so a part is a colour and not a length.
    boolean unused = !read && covered.complete();
    volume.put(
        "bar", unused ? "unused" : !read ? "unread" : covered.complete() ? "read" : "partly");
    volume.put(
        "picture",
        unused ? "not in use" : !read ? "not read" : covered.complete() ? "read" : "read in part");
    return volume;
  }

  /** Makes control and direction characters visible; the template escapes the markup. */
  private static String shown(String text) {
    return HostileText.escape(text);
  }
}
