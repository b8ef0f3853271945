package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdOutputStream;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedImage;
import io.amivet.testdata.aws.ServedImage.Mapping;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * The whole way from a target to its reports, for each kind of target that holds the demo image.
 * {@code -Damivet.updateGolden=true} writes the expected findings anew, to be reviewed as a diff.
 */
class DemoImageTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String AMI = "ami-0de30de30de30de30";
  private static final String ROOT = "snap-0de30de30de300001";
  private static final String DATA = "snap-0de30de30de300002";

  @TempDir static Path folder;

  private static Path root;
  private static Path data;
  private static AwsEndpoint endpoint;
  private static SystemProperties properties;
  private static JsonNode expected;

  private interface Packer {
    OutputStream over(OutputStream out) throws IOException;
  }

  @BeforeAll
  static void serveTheDemo() throws IOException {
    root = TestImages.unpack("demo-root", folder);
    data = TestImages.unpack("demo-data", folder);
    pack(".zst", ZstdOutputStream::new);
    pack(".gz", GZIPOutputStream::new);
    pack(".xz", out -> new XZOutputStream(out, new LZMA2Options(0)));
    properties = SystemProperties.withCredentials();
    endpoint = AwsEndpoint.start();
    endpoint
        .add(ServedSnapshot.of(ROOT, root, 1))
        .add(ServedSnapshot.of(DATA, data, 1))
        .add(
            ServedImage.of(
                AMI, new Mapping.Ebs("/dev/xvda", ROOT), new Mapping.Ebs("/dev/sdf", DATA)));
    expected = report(root.toString());
  }

  @AfterAll
  static void restore() throws IOException {
    endpoint.close();
    properties.close();
  }

  private static void pack(String suffix, Packer packer) throws IOException {
    Path packed = folder.resolve("demo-root.img" + suffix);
    try (OutputStream out = packer.over(Files.newOutputStream(packed))) {
      Files.copy(root, out);
    }
  }

  private static JsonNode report(String... args) throws IOException {
    WholeRun run = WholeRun.scan(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(1);
    return JSON.readTree(run.out());
  }

  private static String[] remote(String id, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(id, "--region", "eu-west-1", "--endpoint-url", endpoint.uri().toString()));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {".zst", ".gz", ".xz"})
  void aCompressedImageGivesTheFindingsOfTheRawOne(String suffix) throws IOException {
    JsonNode report = report(root + suffix);
    assertThat(report.get("findings")).isEqualTo(expected.get("findings"));
    assertThat(report.at("/coverage/complete").asBoolean()).isTrue();
  }

  @Test
  void aSnapshotGivesTheFindingsOfTheRawImage() throws IOException {
    JsonNode report = report(remote(ROOT));
    assertThat(report.get("findings")).isEqualTo(expected.get("findings"));
    assertThat(report.at("/coverage/complete").asBoolean()).isTrue();
    assertThat(report.at("/target/kind").asText()).isEqualTo("snapshot");
  }

  @Test
  void repeatsItselfToTheLetter() throws IOException {
    JsonNode again = report(root.toString());
    for (String part : List.of("findings", "coverage", "summary", "verdict", "rulePack")) {
      assertThat(again.get(part)).as(part).isEqualTo(expected.get(part));
    }
  }

  @Test
  void anAmiIsScannedWithAllItsDisksAsTheRunningSystemWouldMountThem() throws IOException {
    JsonNode report = report(remote(AMI));
    ArrayNode ofRoot = JSON.createArrayNode();
    report
        .get("findings")
        .forEach(one -> {
          if (one.get("volume").asInt() <= 3) {
            ofRoot.add(one);
          }
        });
    assertThat(ofRoot).isEqualTo(expected.get("findings"));
    assertThat(report.at("/coverage/complete").asBoolean()).isTrue();
    assertThat(summaryOf(report)).isEqualTo(golden(summaryOf(report)));
  }

  /** What a reviewer can check by eye: rule, severity and place of each finding. */
  private static ArrayNode summaryOf(JsonNode report) {
    ArrayNode all = JSON.createArrayNode();
    for (JsonNode finding : report.get("findings")) {
      ObjectNode one = all.addObject();
      for (String key : List.of("severity", "rule", "volume", "path", "line")) {
        if (finding.hasNonNull(key)) {
          one.set(key, finding.get(key));
        }
      }
      JsonNode mounted = finding.at("/fields/mountedAs");
      if (!mounted.isMissingNode()) {
        one.set("mountedAs", mounted);
      }
    }
    return all;
  }

  private static JsonNode golden(ArrayNode actual) throws IOException {
    Path file = Path.of("src", "test", "resources", "golden", "demo-findings.json");
    if (Boolean.getBoolean("amivet.updateGolden")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, JSON.writeValueAsString(actual) + "\n");
    }
    return JSON.readTree(Files.readString(file));
  }

  @Test
  void everyFormatIsValidAndHoldsNoSecret() throws IOException {
    PlantedSecrets secrets = PlantedSecrets.read(root, data);
    Path cache = folder.resolve("cache");
    List<String> args = new ArrayList<>(List.of("scan", "--cache-dir", cache.toString()));
    for (String format : List.of("json", "jsonl", "sarif", "html")) {
      args.addAll(List.of("-o", format + "=" + folder.resolve("report." + format)));
    }
    args.addAll(List.of("-o", "table"));
    args.addAll(List.of(remote(AMI)));
    WholeRun run = WholeRun.of(args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertClean(secrets, "standard output", run.out());
    assertClean(secrets, "standard error", run.err());
    for (String format : List.of("json", "jsonl", "sarif", "html")) {
      assertClean(secrets, format, Files.readString(folder.resolve("report." + format)));
    }
    assertThat(filesBelow(cache)).as("left in the cache folder").isEmpty();
    assertValid("report.json", Path.of("..", "docs", "report-schema.json"), true);
    assertValid(
        "report.sarif",
        Path.of("..", "scanner-core", "src/test/resources/sarif/sarif-schema-2.1.0.json"),
        false);
  }

  private static void assertClean(PlantedSecrets secrets, String where, String text) {
    String plain =
        text.replace("&#61;", "=").replace("&#43;", "+").replace("&#47;", "/").replace("\\/", "/");
    for (String secret : secrets.hidden()) {
      // The comparison itself must not print the secret, nor the report around it.
      assertThat(plain.contains(secret)).as("a planted secret in " + where).isFalse();
    }
  }

  private static void assertValid(String report, Path schema, boolean own) throws IOException {
    SpecificationVersion version =
        own ? SpecificationVersion.DRAFT_2020_12 : SpecificationVersion.DRAFT_4;
    assertThat(
            SchemaRegistry.withDefaultDialect(version)
                .getSchema(Files.readString(schema), InputFormat.JSON)
                .validate(Files.readString(folder.resolve(report)), InputFormat.JSON))
        .isEmpty();
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).toList();
    }
  }

  @Test
  void showsTheSecretsIfAskedTo() throws IOException {
    PlantedSecrets secrets = PlantedSecrets.read(root, data);
    String text = report(remote(AMI, "--show-secrets")).get("findings").toString();
    for (String secret : secrets.shown()) {
      assertThat(text.contains(secret)).as("a planted secret, asked for").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "full", "forensic"})
  void aPlanSaysWhatTheScanThenFetches(String depth) throws IOException {
    WholeRun planned = WholeRun.scan(remote(ROOT, "--plan", "--depth", depth));
    assertThat(planned.err()).isEmpty();
    assertThat(planned.code()).isZero();
    JsonNode plan = JSON.readTree(planned.out());
    JsonNode blocks = report(remote(ROOT, "--depth", depth)).at("/coverage/blocks");
    assertThat(plan.at("/blocks/total")).isEqualTo(blocks.get("total"));
    assertThat(plan.at("/blocks/listed")).isEqualTo(blocks.get("present"));
    assertThat(plan.at("/requests").asLong()).isPositive();
    // The block behind the last partition holds data too, and a forensic plan counts it.
    long outsideOfVolumes = depth.equals("forensic") ? 1 : 0;
    assertThat(plan.at("/blocks/needed").asLong())
        .as("what the scan of the same depth fetched")
        .isEqualTo(blocks.get("fetched").asLong() + outsideOfVolumes);
  }

  @Test
  void aSecondScanNeedsNoBlockThatTheFirstHasKept() throws IOException {
    String[] keeping =
        remote(ROOT, "--keep-cache", "--cache-dir", folder.resolve("kept").toString());
    JsonNode first = report(keeping).at("/coverage/blocks");
    long before = endpoint.requests("GetSnapshotBlock");
    JsonNode second = report(keeping);
    assertThat(endpoint.requests("GetSnapshotBlock")).isEqualTo(before);
    assertThat(second.at("/coverage/blocks/fetched").asLong()).isZero();
    assertThat(second.at("/coverage/blocks/reused")).isEqualTo(first.get("fetched"));
    assertThat(second.get("findings")).isEqualTo(expected.get("findings"));
  }
}
