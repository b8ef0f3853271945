package io.amivet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.artifact.Place;
import io.amivet.finding.Coverage;
import io.amivet.finding.Custody;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Review;
import io.amivet.finding.RiskException;
import io.amivet.fs.FsPath;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the parts of a report that the JSON formats share. The order of the members is fixed, and
 * {@code docs/report-schema.json} describes them.
 */
final class ReportJson {
  static final String SCHEMA_VERSION = "1.0";

  /** What a report is not. */
  static final String DISCLAIMER =
      "This is not a complete security assessment: amivet reports what its rules know, in what was"
          + " read. It does not look for malware, nor judge the versions of packages, and a digest"
          + " says which bytes were judged, not who wrote them.";

  private final JsonGenerator json;
  private final boolean showSecrets;

  ReportJson(JsonGenerator json, boolean showSecrets) {
    this.json = json;
    this.showSecrets = showSecrets;
  }

  void head(Report report) throws IOException {
    text("schemaVersion", SCHEMA_VERSION);
    json.writeObjectFieldStart("tool");
    text("name", "amivet");
    text("version", report.toolVersion());
    given("digest", report.custody().toolDigest());
    json.writeEndObject();
    json.writeObjectFieldStart("target");
    text("kind", report.target().kind());
    text("id", report.target().id());
    text("region", report.target().region());
    json.writeNumberField("sizeBytes", report.target().sizeBytes());
    texts("volumes", report.target().disks());
    json.writeEndObject();
    text("startedAt", report.startedAt().toString());
    text("finishedAt", report.finishedAt().toString());
    json.writeObjectFieldStart("rulePack");
    text("version", report.rulePack().version());
    text("digest", report.rulePack().digest());
    json.writeNumberField("rules", report.rulePack().rules());
    json.writeEndObject();
    text("profile", report.profile().label());
    text("depth", report.depth());
    text("failOn", report.failOn().label());
    text("verdict", report.verdict().label());
  }

  void coverage(Report report) throws IOException {
    Coverage coverage = report.coverage();
    json.writeObjectFieldStart("coverage");
    json.writeBooleanField("complete", coverage.complete() && report.incompleteReasons().isEmpty());
    texts("incompleteReasons", report.incompleteReasons());
    json.writeArrayFieldStart("volumes");
    for (Coverage.VolumeCoverage volume : coverage.volumes()) {
      volume(volume);
    }
    json.writeEndArray();
    json.writeNumberField("skippedTotal", coverage.skippedTotal());
    json.writeArrayFieldStart("skipped");
    for (Coverage.Skipped skipped : coverage.skipped()) {
      json.writeStartObject();
      json.writeNumberField("volume", skipped.volume());
      path(skipped.path());
      text("reason", skipped.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    anomalies(coverage.anomalies());
    blocks(coverage.blocks());
    if (coverage.base().isPresent()) {
      Coverage.BaseUse base = coverage.base().get();
      json.writeObjectFieldStart("base");
      text("id", base.id());
      text("report", base.report());
      json.writeNumberField("unchangedFiles", base.unchangedFiles());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void volume(Coverage.VolumeCoverage covered) throws IOException {
    var volume = covered.volume();
    json.writeStartObject();
    json.writeNumberField("index", volume.index());
    text("kind", volume.kind());
    text("device", covered.disk() + ":" + volume.name());
    text("label", volume.label());
    text("uuid", volume.uuid());
    text("fsType", volume.contents());
    text("state", volume.state().label());
    text("reason", volume.reason());
    text("journal", covered.journal().label());
    json.writeBooleanField("complete", covered.complete());
    json.writeNumberField("files", covered.files());
    json.writeNumberField("directories", covered.directories());
    json.writeNumberField("filesScanned", covered.filesScanned());
    json.writeNumberField("bytesScanned", covered.bytesScanned());
    json.writeEndObject();
  }

  private void anomalies(List<Coverage.VolumeAnomaly> anomalies) throws IOException {
    json.writeArrayFieldStart("anomalies");
    for (Coverage.VolumeAnomaly anomaly : anomalies) {
      json.writeStartObject();
      json.writeNumberField("volume", anomaly.volume());
      text("code", anomaly.code());
      text("message", anomaly.message());
      known("offset", anomaly.offset());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void blocks(Coverage.BlockStatistics blocks) throws IOException {
    json.writeObjectFieldStart("blocks");
    json.writeNumberField("total", blocks.total());
    json.writeNumberField("present", blocks.present());
    json.writeNumberField("fetched", blocks.fetched());
    json.writeNumberField("bytesFetched", blocks.bytesFetched());
    json.writeNumberField("reused", blocks.reused());
    json.writeNumberField("requests", blocks.requests());
    json.writeNumberField("retries", blocks.retries());
    json.writeNumberField("estimatedCostUsd", blocks.estimatedCostUsd());
    json.writeEndObject();
  }

  /** The members of a finding, without the braces. */
  void finding(Finding finding) throws IOException {
    text("id", finding.id());
    text("rule", finding.rule().id());
    text("title", finding.rule().title());
    text("severity", finding.severity().label());
    text("category", finding.rule().category());
    json.writeNumberField("volume", finding.volume());
    path(finding.path());
    text("origin", finding.origin().label());
    if (!finding.member().isEmpty()) {
      text("member", HostileText.wellFormed(finding.member()));
    }
    json.writeNumberField("inode", finding.inode());
    text("mode", String.format(Locale.ROOT, "%04o", finding.mode()));
    json.writeNumberField("uid", finding.uid());
    json.writeNumberField("gid", finding.gid());
    text("mtime", finding.modified().toString());
    known("offset", finding.offset());
    known("line", finding.line() == 0 ? -1 : finding.line());
    known("imageOffset", finding.imageOffset());
    if (!finding.furtherPlaces().isEmpty()) {
      places(finding.places());
    }
    text("evidence", evidence(finding));
    json.writeObjectFieldStart("fields");
    for (Map.Entry<String, String> field : finding.fields().entrySet()) {
      text(HostileText.wellFormed(field.getKey()), field.getValue());
    }
    json.writeEndObject();
    text("remediation", finding.rule().remediation());
    texts("references", finding.rule().references());
    if (!finding.alsoMatched().isEmpty()) {
      texts("alsoMatched", finding.alsoMatched());
    }
  }

  private void custody(Custody custody) throws IOException {
    json.writeObjectFieldStart("custody");
    given("caller", custody.caller());
    json.writeArrayFieldStart("disks");
    for (Custody.DiskDigest disk : custody.disks()) {
      json.writeStartObject();
      text("disk", disk.disk());
      text("method", disk.method().label());
      text("digest", disk.digest());
      if (disk.blocks() > 0) {
        json.writeNumberField("blocks", disk.blocks());
        text("ranges", disk.ranges());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    text("disclaimer", DISCLAIMER);
    json.writeEndObject();
  }

  private void policy(Review.PolicyUse policy) throws IOException {
    json.writeObjectFieldStart("policy");
    text("file", policy.file());
    text("digest", policy.digest());
    json.writeArrayFieldStart("exceptions");
    for (Review.ExceptionUse use : policy.exceptions()) {
      json.writeStartObject();
      exception(use.exception());
      json.writeBooleanField("expired", use.expired());
      json.writeNumberField("findings", use.findings());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("suppressed");
    for (Review.Suppressed suppressed : policy.suppressed()) {
      json.writeStartObject();
      finding(suppressed.finding());
      json.writeObjectFieldStart("exception");
      exception(suppressed.exception());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void baseline(Report report, Review.BaselineUse baseline) throws IOException {
    json.writeObjectFieldStart("baseline");
    text("file", baseline.file());
    text("digest", baseline.digest());
    text("scannedAt", baseline.scannedAt().toString());
    texts("differences", baseline.differences());
    json.writeNumberField(
        "new", report.findings().stream().filter(report.review()::counts).count());
    texts("known", baseline.known().stream().sorted().toList());
    json.writeArrayFieldStart("fixed");
    for (Review.Fixed fixed : baseline.fixed()) {
      json.writeStartObject();
      text("id", fixed.id());
      text("rule", fixed.rule());
      text("title", fixed.title());
      text("severity", fixed.severity().label());
      path(fixed.path());
      given("member", fixed.member());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void exception(RiskException exception) throws IOException {
    json.writeNumberField("line", exception.line());
    given("rule", exception.rule());
    given("path", exception.path());
    given("fingerprint", exception.fingerprint());
    text("owner", exception.owner());
    text("reason", exception.reason());
    text("expires", exception.expires().toString());
  }

  private void given(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      text(name, value);
    }
  }

  private void places(List<Place> places) throws IOException {
    json.writeArrayFieldStart("places");
    for (Place place : places) {
      json.writeStartObject();
      known("offset", place.offset());
      known("line", place.line() == 0 ? -1 : place.line());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private String evidence(Finding finding) {
    return finding.evidence().text(showSecrets);
  }

  void tail(Report report) throws IOException {
    custody(report.custody());
    if (report.review().policy().isPresent()) {
      policy(report.review().policy().get());
    }
    if (report.review().baseline().isPresent()) {
      baseline(report, report.review().baseline().get());
    }
    json.writeObjectFieldStart("summary");
    json.writeObjectFieldStart("bySeverity");
    for (Severity severity : Severity.values()) {
      long count = report.findings().stream().filter(f -> f.severity() == severity).count();
      json.writeNumberField(severity.label(), count);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("byCategory");
    Map<String, Long> byCategory = new TreeMap<>();
    report.findings().forEach(f -> byCategory.merge(f.rule().category(), 1L, Long::sum));
    for (Map.Entry<String, Long> category : byCategory.entrySet()) {
      json.writeNumberField(category.getKey(), category.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectFieldStart("timings");
    for (var timing : report.timings().entrySet()) {
      json.writeNumberField(timing.getKey(), timing.getValue().toMillis() / 1000.0);
    }
    json.writeEndObject();
  }

  /** The path as text, and its bytes where no text can say them. */
  private void path(FsPath path) throws IOException {
    text("path", path.toString());
    if (path.utf8().isEmpty()) {
      text("pathBase64", Base64.getEncoder().encodeToString(path.toBytes()));
    }
  }

  private void known(String name, long valueOrMinusOne) throws IOException {
    if (valueOrMinusOne >= 0) {
      json.writeNumberField(name, valueOrMinusOne);
    }
  }

  private void text(String name, String value) throws IOException {
    json.writeStringField(name, HostileText.wellFormed(value));
  }

  private void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(HostileText.wellFormed(value));
    }
    json.writeEndArray();
  }
}
