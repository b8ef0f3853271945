package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of what changed since an earlier state of the target. */
class BaseScanTest {
  private static final String BEFORE = "snap-0ba5e0ba5e0ba5e00";
  private static final String NOW = "snap-00000000000000c0d";

  /** Where nothing but the bytes of a file tell of the change. */
  private static final String PLAIN = "PRETTY_NAME=\"Example Linux 1 (demo)\"";

  private static final String SECRET = "PAT=glpat-Zx8Kq2Wv5Rt9Yb3Nm7Lp\n#####";

  @TempDir private Path temp;
  private Path base;
  private Path now;
  private Path baseReport;

  @BeforeEach
  void changeAFileBehindItsInode() throws IOException {
    base = TestImages.unpack("demo-root", temp);
    now = temp.resolve("now.img");
    String bytes = Files.readString(base, StandardCharsets.ISO_8859_1);
    assertThat(bytes).containsOnlyOnce(PLAIN);
    assertThat(SECRET).hasSameSizeAs(PLAIN);
    Files.writeString(now, bytes.replace(PLAIN, SECRET), StandardCharsets.ISO_8859_1);
    baseReport = temp.resolve("base.json");
  }

  private static JsonNode scan(String... args) throws IOException {
    WholeRun run = WholeRun.scan(args);
    assertThat(run.code()).isEqualTo(1);
    return run.report();
  }

  private void write(JsonNode report) throws IOException {
    Files.writeString(baseReport, report.toString());
  }

  private static List<String> paths(JsonNode report) {
    List<String> paths = new ArrayList<>();
    report.get("findings").forEach(finding -> paths.add(finding.get("path").asText()));
    return paths;
  }

  @Test
  void withTheReportOfTheBaseItIsTheReportOfAWholeScan() throws IOException {
    write(scan(base.toString()));
    JsonNode whole = scan(now.toString());
    JsonNode changes =
        scan("--base", base.toString(), "--base-report", baseReport.toString(), now.toString());
    assertThat(paths(whole)).contains("/etc/os-release");
    assertThat(changes.get("findings")).isEqualTo(whole.get("findings"));
    JsonNode use = changes.at("/coverage/base");
    assertThat(use.get("id").asText()).isEqualTo(base.toString());
    assertThat(use.get("report").asText()).isEqualTo(baseReport.toString());
    assertThat(use.get("unchangedFiles").asLong()).isPositive();
    assertThat(scanned(changes)).isLessThan(scanned(whole)).isPositive();
    assertThat(changes.at("/coverage/complete").asBoolean()).isTrue();
  }

  private static long scanned(JsonNode report) {
    long files = 0;
    for (JsonNode volume : report.at("/coverage/volumes")) {
      files += volume.get("filesScanned").asLong();
    }
    return files;
  }

  @Test
  void withoutAReportTheTableSaysWhatIsNotKnown() throws IOException {
    JsonNode changes = scan("--base", base.toString(), now.toString());
    assertThat(paths(changes)).contains("/etc/os-release");
    assertThat(changes.at("/coverage/base/report").asText()).isEmpty();
    WholeRun table = WholeRun.of("scan", "--quiet", "--base", base.toString(), now.toString());
    assertThat(table.out())
        .containsPattern("files unchanged since .*, not searched; what is in them only a report");
  }

  @Test
  void ofSnapshotsOnlyWhatChangedIsFetchedIfTheBaseWasKept() throws IOException {
    try (SystemProperties _ = SystemProperties.withCredentials();
        AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint.add(ServedSnapshot.of(BEFORE, base, 1)).add(ServedSnapshot.of(NOW, now, 1));
      List<String> access =
          List.of(
              "--region",
              "eu-west-1",
              "--endpoint-url",
              endpoint.uri().toString(),
              "--keep-cache",
              "--cache-dir",
              temp.resolve("kept").toString());
      write(scan(with(access, BEFORE)));
      JsonNode whole = scan(now.toString());
      long before = endpoint.requests("GetSnapshotBlock");
      JsonNode changes =
          scan(with(access, "--base", BEFORE, "--base-report", baseReport.toString(), NOW));
      assertThat(changes.get("findings")).isEqualTo(whole.get("findings"));
      assertThat(endpoint.requests("ListChangedBlocks")).isEqualTo(1);
      assertThat(endpoint.requests("GetSnapshotBlock") - before)
          .isEqualTo(changes.at("/coverage/blocks/fetched").asLong())
          .isEqualTo(1);
      assertThat(changes.at("/coverage/blocks/reused").asLong()).isPositive();
    }
  }

  private static String[] with(List<String> access, String... more) {
    return Stream.concat(access.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aReportThatDoesNotFitIsRefused() throws IOException {
    write(scan(now.toString()));
    assertRefused("it is of", "--base", base.toString(), "--base-report", baseReport.toString());
    write(scan(base.toString(), "--profile", "vet"));
    assertRefused(
        "it is for the profile vet",
        "--base",
        base.toString(),
        "--base-report",
        baseReport.toString());
    write(scan(base.toString(), "--disable", "SSH-001"));
    assertRefused(
        "other rules judged in it",
        "--base",
        base.toString(),
        "--base-report",
        baseReport.toString());
    assertRefused("needs the --base", "--base-report", baseReport.toString());
    assertRefused("the depth full", "--base", base.toString(), "--depth", "quick");
    Path folder = Files.createDirectory(temp.resolve("folder"));
    assertRefused("cannot be compared", "--base", folder.toString());
    assertRefused("no such file", "--base", temp.resolve("missing").toString());
  }

  private void assertRefused(String why, String... options) {
    WholeRun run = WholeRun.scan(with(List.of(options), now.toString()));
    assertThat(run.err()).contains(why);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isIn(2, 3);
  }
}
