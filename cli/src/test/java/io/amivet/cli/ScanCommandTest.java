package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.finding.Verdict;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import io.amivet.scan.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {
  @TempDir Path temp;

  private final CommandRun command = new CommandRun();

  @Test
  void handsOnWhatTheUserAskedFor() {
    command.run(
        "scan",
        "ami-1",
        "--profile",
        "VET",
        "--depth",
        "quick",
        "--fail-on",
        "low",
        "--rules",
        "a.yaml",
        "--rules",
        "b",
        "--disable",
        "SSH-001,SSH-002",
        "--disable",
        "X-1",
        "--region",
        "eu-west-1",
        "--aws-profile",
        "audit",
        "--endpoint-url",
        "http://127.0.0.1:1",
        "--max-requests-per-second",
        "50",
        "--cache-dir",
        "/var/tmp",
        "--cache-size",
        "2GiB");
    ScanRequest request = command.scanned.getFirst();
    assertThat(request.profile()).isEqualTo(Profile.VET);
    assertThat(request.depth()).isEqualTo(Depth.QUICK);
    assertThat(request.judging().failOn()).isEqualTo(Severity.LOW);
    assertThat(request.rulePaths()).containsExactly(Path.of("a.yaml"), Path.of("b"));
    assertThat(request.disabledRules()).containsExactlyInAnyOrder("SSH-001", "SSH-002", "X-1");
    Access.Aws aws = request.access().aws();
    assertThat(aws.region()).isEqualTo("eu-west-1");
    assertThat(aws.profile()).isEqualTo("audit");
    assertThat(aws.endpointUrl()).hasToString("http://127.0.0.1:1");
    assertThat(aws.maxRequestsPerSecond()).isEqualTo(50);
    assertThat(request.access().cache())
        .isEqualTo(new Access.Cache(Path.of("/var/tmp"), 2L << 30, false));
  }

  @Test
  void writesEachReportWhereItBelongs() throws IOException {
    Path json = temp.resolve("{target}.json");
    int code =
        command
            .judging(Verdict.FAIL)
            .run("scan", "a/b.img", "ami-1", "-o", "json=" + json, "-o", "table");
    assertThat(code).isEqualTo(1);
    assertThat(temp.resolve("a_b.img.json")).hasContent("json a/b.img fail");
    assertThat(temp.resolve("ami-1.json")).hasContent("json ami-1 fail");
    assertThat(command.out()).isEqualTo("table a/b.img fail\ntable ami-1 fail\n");
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aReportWithSecretsIsPrivate() throws IOException {
    Path json = temp.resolve("r.json");
    command.run("scan", "a.img", "--show-secrets", "-o", "json=" + json);
    assertThat(Files.getAttribute(json, "unix:mode")).isEqualTo(0100600);
  }

  @Test
  void aPipeOrDeviceIsWrittenToAndNotReplaced() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("sink"), Path.of("/dev/null"));
    assertThat(command.run("scan", "a.img", "-o", "json=" + link)).isZero();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void findingsForSecurityHubNeedAnAccountThatTheyBelongTo() throws IOException {
    Path image = Files.createFile(temp.resolve("a.img"));
    Path report = temp.resolve("report.asff");
    WholeRun run = WholeRun.of("scan", "--quiet", "-o", "asff=" + report, image.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("-o asff is for AMIs and snapshots", "a.img is neither");
    assertThat(report).doesNotExist();
  }

  @Test
  void aPlanIsPrintedAndNothingScanned() {
    command.run("scan", "--plan", "snap-1");
    assertThat(command.out())
        .isEqualTo(
            """
            snap-1: 0 B, 4,479 of 16,384 blocks hold data
              a full scan reads 1,234 files from 269 blocks (6.0 %), 134.5 MiB
              270 requests, about $0.0008 by the prices of 2026-11-25, at least 0.3 s at 1,000 a second
              of these, 203 requests and about $0.0006 went into this plan
            """);
    assertThat(command.closed).isEqualTo(1);
  }

  @Test
  void aPlanIsNoReport() {
    assertThat(command.run("scan", "--plan", "-o", "json=plan.json", "snap-1")).isEqualTo(2);
    assertThat(command.err()).contains("-o table or -o json");
  }

  @Test
  void pricesThatCannotBeReadAreAnError() {
    assertThat(command.run("scan", "--plan", "--prices", "/nowhere", "snap-1")).isEqualTo(2);
    assertThat(command.err()).contains("--prices: /nowhere is no file of prices");
  }
}
