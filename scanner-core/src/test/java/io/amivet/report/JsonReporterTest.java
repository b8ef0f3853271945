package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.amivet.finding.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReporterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Report> reports() {
    return Stream.of(SampleReport.hostile(), SampleReport.clean());
  }

  private static Schema schema() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "report-schema.json"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void writesWhatTheSchemaSays(Report report) throws IOException {
    String json = SampleReport.write(new JsonReporter(), report, false);
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsNoReport() throws IOException {
    String json = SampleReport.write(new JsonReporter(), SampleReport.clean(), false);
    assertThat(schema().validate(json.replace("\"pass\"", "\"maybe\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema().validate("{}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void holdsOneObjectThatEndsWithANewline() throws IOException {
    String json = SampleReport.write(new JsonReporter(), SampleReport.hostile(), false);
    assertThat(json).startsWith("{\n  \"schemaVersion\" : \"1.0\",").endsWith("}\n");
    assertThat(json.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f))).isTrue();
    assertThat(json)
        .isEqualTo(SampleReport.write(new JsonReporter(), SampleReport.hostile(), false));
  }

  @Test
  void keepsTheBytesOfAPathThatIsNotText() throws IOException {
    JsonNode findings =
        JSON.readTree(SampleReport.write(new JsonReporter(), SampleReport.hostile(), false))
            .get("findings");
    JsonNode odd = findings.get(findings.size() - 1);
    assertThat(odd.get("path").asText()).isEqualTo("/opt/r\ufffd\ufffd\nx");
    assertThat(Base64.getDecoder().decode(odd.get("pathBase64").asText()))
        .isEqualTo(SampleReport.hostile().findings().getLast().path().toBytes());
    assertThat(findings.get(1).get("path").asText()).isEqualTo(SampleReport.HOSTILE.toString());
    assertThat(findings.get(1).has("pathBase64")).isFalse();
  }

  @Test
  void leavesOutWhatIsNotKnown() throws IOException {
    JsonNode findings =
        JSON.readTree(SampleReport.write(new JsonReporter(), SampleReport.hostile(), false))
            .get("findings");
    assertThat(findings.get(0).has("offset")).isFalse();
    assertThat(findings.get(0).has("line")).isFalse();
    assertThat(findings.get(0).get("mode").asText()).isEqualTo("0600");
    assertThat(findings.get(0).get("mtime").asText()).isEqualTo("2026-11-25T10:00:00.123456789Z");
    assertThat(findings.get(1).get("imageOffset").asLong()).isEqualTo(4108);
    assertThat(findings.get(2).get("line").asInt()).isEqualTo(1);
  }

  @Test
  void countsAllSeverities() throws IOException {
    JsonNode summary =
        JSON.readTree(SampleReport.write(new JsonReporter(), SampleReport.hostile(), false))
            .get("summary");
    assertThat(summary.toString())
        .isEqualTo(
            "{\"bySeverity\":{\"critical\":2,\"high\":0,\"medium\":25,\"low\":1,\"info\":0},"
                + "\"byCategory\":{\"cld\":26,\"ssh\":2}}");
  }

  @Test
  void writesALineForEachFindingAndOneForTheRest() throws IOException {
    Report report = SampleReport.hostile();
    List<String> lines = SampleReport.write(new JsonlReporter(), report, false).lines().toList();
    assertThat(lines).hasSize(report.findings().size() + 1);
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertThat(JSON.readTree(line).get("type").asText()).isEqualTo("finding");
    }
    JsonNode last = JSON.readTree(lines.getLast());
    assertThat(last.get("type").asText()).isEqualTo("summary");
    assertThat(last.get("verdict").asText()).isEqualTo("fail");
    assertThat(last.get("coverage").get("complete").asBoolean()).isFalse();
  }

  static Stream<Reporter> reporters() {
    return Stream.of(
        new JsonReporter(),
        new JsonlReporter(),
        new SarifReporter(),
        new TableReporter(100, false),
        new TableReporter(80, true));
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void noReporterShowsASecretUnlessToldTo(Reporter reporter) {
    String redacted = SampleReport.write(reporter, SampleReport.hostile(), false);
    assertThat(redacted).doesNotContain(SampleReport.SECRET).contains("***(27)");
    assertThat(SampleReport.write(reporter, SampleReport.hostile(), true))
        .contains(SampleReport.SECRET);
  }
}
