package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a scan, against a process of its own. */
@Tag("long")
@Timeout(180)
class InterruptTest {
  private static final String SNAPSHOT = "snap-0de30de30de300001";

  @TempDir Path folder;

  @Test
  void leavesNothingBehind() throws Exception {
    Path cache = folder.resolve("cache");
    try (AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint.add(ServedSnapshot.of(SNAPSHOT, TestImages.unpack("demo-root", folder), 1));
      endpoint.faults().latency(Duration.ofSeconds(3));
      Process scan = start(endpoint.uri().toString(), cache);
      while (endpoint.requests("GetSnapshotBlock") == 0) {
        assertThat(scan.isAlive()).as(log()).isTrue();
        Thread.sleep(50);
      }
      assertThat(files(cache)).isNotEmpty();
      new ProcessBuilder("kill", "-INT", String.valueOf(scan.pid())).start().waitFor();
      assertThat(scan.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(scan.exitValue()).as("128 + SIGINT").isEqualTo(130);
    }
    assertThat(files(cache)).isEmpty();
    assertThat(log()).doesNotContain("\tat ", "Exception");
  }

  private Process start(String endpoint, Path cache) throws IOException {
    ProcessBuilder scan =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Daws.accessKeyId=AKIAIOSFODNN7EXAMPLE",
            "-Daws.secretAccessKey=synthetic",
            "-cp",
            System.getProperty("java.class.path"),
            "io.amivet.cli.Main",
            "scan",
            SNAPSHOT,
            "--region",
            "eu-west-1",
            "--endpoint-url",
            endpoint,
            "--cache-dir",
            cache.toString());
    return scan.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).toList();
    }
  }
}
