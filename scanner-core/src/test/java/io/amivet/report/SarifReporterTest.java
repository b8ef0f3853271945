package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SarifReporterTest {
  private static Schema schema() throws IOException {
    try (InputStream in =
        SarifReporterTest.class.getResourceAsStream("/sarif/sarif-schema-2.1.0.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
          .getSchema(text, InputFormat.JSON);
    }
  }

  private static JsonNode run() throws IOException {
    String json = SampleReport.write(new SarifReporter(), SampleReport.hostile(), false);
    return new ObjectMapper().readTree(json).get("runs").get(0);
  }

  @ParameterizedTest
  @MethodSource("io.amivet.report.JsonReporterTest#reports")
  void isValidSarif(Report report) throws IOException {
    String json = SampleReport.write(new SarifReporter(), report, false);
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(json.replace("\"2.1.0\"", "\"1.0\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void describesEachRuleOnceWithItsWorstSeverity() throws IOException {
    JsonNode rules = run().at("/tool/driver/rules");
    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).at("/properties/security-severity").asText()).isEqualTo("9.5");
    assertThat(rules.get(1).get("id").asText()).isEqualTo("CLD-010");
    assertThat(rules.get(1).at("/defaultConfiguration/level").asText()).isEqualTo("warning");
    assertThat(rules.get(1).at("/help/text").asText()).contains("Delete the file");
  }

  @Test
  void pointsFromEachResultToItsRuleAndPlace() throws IOException {
    JsonNode results = run().get("results");
    JsonNode first = results.get(0);
    assertThat(first.get("ruleIndex").asInt()).isZero();
    assertThat(first.get("level").asText()).isEqualTo("error");
    assertThat(first.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("root/.ssh/id_rsa");
    assertThat(first.at("/partialFingerprints/amivetFindingId~1v1").asText())
        .isEqualTo(SampleReport.hostile().findings().getFirst().id());
    assertThat(results.get(1).at("/locations/0/physicalLocation/region/byteOffset").asInt())
        .isEqualTo(12);
    assertThat(results.get(2).at("/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(1);
  }

  @Test
  void encodesTheBytesOfPathsSoThatTheyComeBack() {
    assertThat(SarifReporter.uri(FsPath.of("/a b/c:d"))).isEqualTo("a%20b/c%3Ad");
    assertThat(SarifReporter.uri(FsPath.of("/é"))).isEqualTo("%C3%A9");
    assertThat(SarifReporter.uri(FsPath.ROOT.resolve(SampleReport.NOT_UTF8)))
        .isEqualTo("r%FF%E9%0Ax");
    assertThat(SarifReporter.uri(FsPath.ROOT)).isEqualTo(".");
    assertThat(URI.create(SarifReporter.uri(SampleReport.HOSTILE)).getPath())
        .isEqualTo(SampleReport.HOSTILE.toString().substring(1));
  }

  @Test
  void leavesNoLinkAndNoPlaceholderInMessages() throws IOException {
    assertThat(SarifReporter.message("[a](b) {0} \\")).isEqualTo("\\[a\\](b) {{0}} \\\\");
    String message = run().at("/results/1/message/text").asText();
    assertThat(message).contains("\\[x\\](y)").contains("{{0}}").doesNotContain("\u001b");
  }

  @Test
  void saysWhyTheCoverageIsIncomplete() throws IOException {
    assertThat(run().at("/invocations/0/toolExecutionNotifications/0/message/text").asText())
        .startsWith("not everything was read: volume 2");
  }
}
