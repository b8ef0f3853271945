package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.FaultKind;
import io.amivet.testdata.aws.FaultScript;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole scans of a snapshot whose endpoint fails by a script. */
@Timeout(180)
class ScriptedFaultScanTest {
  private static final String SNAPSHOT = "snap-0de30de30de300001";
  private static final String NOISE = "snap-0de30de30de300002";
  private static final int BLOCK_BYTES = 512 << 10;
  private static final int NOISE_BLOCKS = 200;
  private static final String GET = "GetSnapshotBlock";
  private static final String LIST = "ListSnapshotBlocks";
  private static final List<FaultKind> RETRYABLE =
      Arrays.stream(FaultKind.values()).filter(FaultKind::isRetryable).toList();

  @TempDir static Path folder;

  private static Path root;
  private static Path noise;

  /** A root, and a disk that only a forensic scan reads: enough blocks for a few in a hundred. */
  @BeforeAll
  static void makeDisks() throws IOException {
    root = TestImages.unpack("demo-root", folder);
    byte[] bytes = Files.readAllBytes(root);
    int planted =
        new String(bytes, StandardCharsets.ISO_8859_1).indexOf("aws_secret_access_key = ");
    assertThat(planted).isPositive();
    Random random = new Random(1);
    byte[] block = new byte[BLOCK_BYTES];
    noise = folder.resolve("noise.img");
    try (OutputStream out = Files.newOutputStream(noise)) {
      for (int index = 0; index < NOISE_BLOCKS; index++) {
        random.nextBytes(block);
        System.arraycopy(bytes, planted - 512, block, index << 10, 1024);
        out.write(block);
      }
    }
  }

  /** A run, and what the endpoint counted. */
  private record Outcome(WholeRun run, long gets, long lists) {
    JsonNode report() throws IOException {
      return new ObjectMapper().readTree(run.out());
    }
  }

  private static Outcome scan(FaultScript script) throws IOException {
    try (SystemProperties _ = SystemProperties.withCredentials();
        AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint
          .add(ServedSnapshot.of(SNAPSHOT, root, 1))
          .add(ServedSnapshot.of(NOISE, noise, 1))
          .faults()
          .play(script);
      WholeRun run =
          WholeRun.scan(
              SNAPSHOT,
              "--disk",
              NOISE,
              "--depth",
              "forensic",
              "--region",
              "eu-west-1",
              "--endpoint-url",
              endpoint.uri().toString());
      return new Outcome(run, endpoint.requests(GET), endpoint.requests(LIST));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twoPercentOfEveryFaultThatPassesChangeNoFinding(long seed) throws IOException {
    FaultScript script = FaultScript.seeded(seed);
    for (FaultKind kind : RETRYABLE) {
      script = script.percent(GET, kind, 2).percent(LIST, kind, 2);
    }
    Outcome calm = scan(FaultScript.NONE);
    Outcome stormy = scan(script);
    assertThat(RETRYABLE.stream().mapToLong(script::played).sum()).isPositive();
    assertThat(stormy.run().code()).as(stormy.run().err()).isEqualTo(calm.run().code());
    assertThat(stormy.report().get("findings")).isEqualTo(calm.report().get("findings"));
    assertThat(stormy.report().at("/coverage/incompleteReasons"))
        .isEqualTo(calm.report().at("/coverage/incompleteReasons"));
    JsonNode blocks = stormy.report().at("/coverage/blocks");
    assertThat(stormy.gets() + stormy.lists()).isEqualTo(blocks.get("requests").asLong());
    assertThat(blocks.get("requests").asLong())
        .as("one request for each block and each listing, and the retries")
        .isEqualTo(blocks.get("fetched").asLong() + 2 + blocks.get("retries").asLong());
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED_CREDENTIALS, does not accept the credentials",
    "REVOKED_GRANT, denied the use of its key",
    "WRONG_REGION, does not accept the credentials",
    "MISSING_BLOCK, does not exist"
  })
  void whatBreaksOffInTheMiddleLeavesTheScanIncompleteAndSaysWhy(FaultKind kind, String words)
      throws IOException {
    Outcome outcome = scan(FaultScript.seeded(1).from(GET, kind, 9));
    assertThat(outcome.run().code()).as(outcome.run().err()).isIn(1, 3, 4);
    if (outcome.run().code() == 3) {
      assertThat(outcome.run().err()).contains(words);
    } else {
      assertThat(outcome.report().at("/coverage/complete").asBoolean()).isFalse();
      assertThat(outcome.run().out()).contains(words);
    }
    assertThat(outcome.gets()).as("no block is asked for in vain over and over").isLessThan(200);
  }

  @Test
  void aSnapshotThatIsRefusedFromTheBeginningIsNotScanned() throws IOException {
    Outcome outcome = scan(FaultScript.seeded(1).at(LIST, FaultKind.EXPIRED_CREDENTIALS, 1));
    assertThat(outcome.run().code()).isEqualTo(3);
    assertThat(outcome.run().err()).contains("does not accept the credentials");
    assertThat(outcome.gets()).isZero();
  }
}
