package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.amivet.finding.Custody;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsffReporterTest {
  private static final String ARN = "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0";

  private static Schema schema() throws IOException {
    try (InputStream in = AsffReporterTest.class.getResourceAsStream("/asff/batch-schema.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text, InputFormat.JSON);
    }
  }

  private static Report inAws(List<Finding> findings) {
    Report sample = SampleReport.hostile();
    return new Report(
            sample.toolVersion(),
            new Report.TargetInfo(
                "ami", "ami-0123456789abcdef0", "eu-west-1", 8L << 30, List.of("snap-1")),
            sample.startedAt(),
            sample.finishedAt(),
            sample.rulePack(),
            sample.profile(),
            sample.depth(),
            sample.failOn(),
            sample.verdict(),
            sample.coverage(),
            findings,
            sample.incompleteReasons(),
            sample.timings())
        .with(new Custody("", "arn:aws:sts::123456789012:assumed-role/scanner/ci", List.of()));
  }

  private static List<String> lines(Report report) {
    return SampleReport.write(new AsffReporter(), report, false).lines().toList();
  }

  private static Set<String> ids(List<String> lines) throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : lines) {
      new ObjectMapper()
          .readTree(line)
          .get("Findings")
          .forEach(finding -> ids.add(finding.get("Id").asText()));
    }
    return ids;
  }

  @Test
  void staysWithinTheLimitsOfTheService() throws IOException {
    List<String> lines = lines(inAws(SampleReport.hostile().findings()));
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      assertThat(schema().validate(line, InputFormat.JSON)).isEmpty();
    }
    String bad = lines.getFirst().replace("2018-10-08", "2018");
    assertThat(schema().validate(bad, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void namesAccountRegionAndTarget() throws IOException {
    List<String> lines = lines(inAws(SampleReport.hostile().findings()));
    JsonNode first = new ObjectMapper().readTree(lines.getFirst()).at("/Findings/0");
    assertThat(first.get("AwsAccountId").asText()).isEqualTo("123456789012");
    assertThat(first.get("ProductArn").asText())
        .isEqualTo("arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default");
    assertThat(first.at("/Resources/0/Id").asText()).isEqualTo(ARN);
    assertThat(first.get("Id").asText())
        .isEqualTo(ARN + "/amivet/1/" + SampleReport.hostile().findings().getFirst().id());
    assertThat(first.at("/FindingProviderFields/Severity/Label").asText()).isEqualTo("CRITICAL");
  }

  @Test
  void showsNoSecretAndNoControlCharacter() throws IOException {
    String all = String.join("\n", lines(inAws(SampleReport.hostile().findings())));
    assertThat(all).doesNotContain(SampleReport.SECRET).doesNotContain("\\u001b");
    assertThat(all.lines().count()).isEqualTo(1);
  }

  @Test
  void cutsManyFindingsIntoBatches() throws IOException {
    Rule rule = SampleReport.rule("CLD-010", "Access token", "cld");
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      findings.add(
          SampleReport.finding(rule, Severity.LOW, FsPath.of("/opt/config" + i), i + 1, -1));
    }
    List<String> lines = lines(inAws(findings));
    assertThat(lines).hasSize(200);
    assertThat(ids(lines)).hasSize(20_000);
  }

  @Test
  void keepsBatchesOfLargeFindingsBelowTheirLimitOfBytes() throws IOException {
    Rule rule = SampleReport.rule("CLD-010", "\ud83d\ude00".repeat(300), "cld");
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Finding finding =
          SampleReport.finding(rule, Severity.LOW, FsPath.of("/\u4e2d".repeat(900) + i), i, -1);
      for (int field = 0; field < 40; field++) {
        finding = finding.withField("name" + field, "\u4e2d".repeat(5_000));
      }
      findings.add(finding);
    }
    List<String> lines = lines(inAws(findings));
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(ids(lines)).hasSize(150);
    for (String line : lines) {
      assertThat(line.length()).isLessThanOrEqualTo(AsffReporter.MAX_BATCH_BYTES);
      assertThat(schema().validate(line, InputFormat.JSON)).isEmpty();
      for (JsonNode finding : new ObjectMapper().readTree(line).get("Findings")) {
        ByteArrayOutputStream ascii = new ByteArrayOutputStream();
        JsonOutput.lines(ascii).setCodec(new ObjectMapper()).writeTree(finding);
        assertThat(ascii.size()).isLessThan(240_000);
      }
    }
  }

  @Test
  void refusesATargetThatBelongsToNoAccount() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> new AsffReporter().write(SampleReport.clean(), false, out))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to an account");
    assertThat(out.size()).isZero();
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(AsffReporter.cut("abc", 3)).isEqualTo("abc");
    assertThat(AsffReporter.cut("abcd", 3)).isEqualTo("ab…");
    assertThat(AsffReporter.cut("a\ud83d\ude00bc", 3)).isEqualTo("a…");
  }
}
