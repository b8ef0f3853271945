package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.finding.Report;
import io.amivet.finding.Verdict;
import io.amivet.rule.Profile;
import io.amivet.scan.Depth;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets that cannot be had, or not wholly: what the user is told, and by which exit code. */
@Timeout(120)
class TargetFailureTest {
  /** The root file system starts at 6 MiB; here its inode tables are there, some contents not. */
  private static final int CUT_BYTES = 7_400_000;

  @TempDir static Path folder;

  private static Path root;

  @BeforeAll
  static void unpack() {
    root = TestImages.unpack("demo-root", folder);
  }

  private static void assertRefused(WholeRun run, int code, String... words) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("amivet: ").contains(words).doesNotContain("\tat ");
    assertThat(run.err().lines()).hasSize(1);
  }

  private static JsonNode assertReported(WholeRun run, int code) throws IOException {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private static String reasons(JsonNode report) {
    return report.at("/coverage/incompleteReasons").toString();
  }

  private static Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void whatIsNoImageIsRefusedInOneLine() throws IOException {
    String missing = folder.resolve("missing.img").toString();
    assertRefused(WholeRun.scan(missing), 3, "no such file: " + missing);
    assertRefused(
        WholeRun.scan(file("empty.img", new byte[0]).toString()), 3, "is empty: not a disk image");
    assertRefused(WholeRun.scan("ami-nonsense"), 3, "'ami-nonsense' is neither a file nor an id");
  }

  @Test
  void bytesWithoutMeaningAreNotCalledClean() throws IOException {
    byte[] noise = new byte[1 << 20];
    new Random(7).nextBytes(noise);
    JsonNode report = assertReported(WholeRun.scan(file("noise.img", noise).toString()), 4);
    assertThat(report.get("verdict").asText()).isEqualTo("incomplete");
    assertThat(reasons(report)).contains("no known file system");
  }

  @Test
  void aTargetOfNothingButZerosIsIncomplete() throws IOException {
    Path zeros = file("zeros.img", new byte[1 << 20]);
    assertThat(reasons(assertReported(WholeRun.scan(zeros.toString()), 4)))
        .contains("no file system");
  }

  @Test
  void anImageCutShortGivesWhatIsLeftAndSaysWhatIsNot() throws IOException {
    byte[] whole = Files.readAllBytes(root);
    Path cut = file("cut.img", Arrays.copyOf(whole, CUT_BYTES));
    JsonNode report = assertReported(WholeRun.scan(cut.toString()), 1);
    assertThat(report.get("findings")).isNotEmpty();
    assertThat(reasons(report)).contains("the image ends", "not read in full");
    assertThat(report.at("/coverage/complete").asBoolean()).isFalse();
    assertThat(report.at("/coverage/skipped")).isNotEmpty();
    JsonNode volume = report.at("/coverage/volumes/2");
    assertThat(volume.get("filesScanned").asLong()).isLessThan(volume.get("files").asLong());
  }

  @Test
  void anImageCutInItsTableOfInodesIsStillReported() throws IOException {
    byte[] whole = Files.readAllBytes(root);
    Path cut = file("stub.img", Arrays.copyOf(whole, (6 << 20) + 8192));
    JsonNode report = assertReported(WholeRun.scan(cut.toString()), 4);
    assertThat(reasons(report)).contains("volume 3 (p3)");
  }

  @Test
  void aCompressedImageCutShortIsIncompleteToo() throws IOException {
    Path packed = folder.resolve("whole.img.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(root, out);
    }
    byte[] bytes = Files.readAllBytes(packed);
    Path cut = file("cut.img.gz", Arrays.copyOf(bytes, bytes.length / 2));
    JsonNode report = assertReported(WholeRun.scan(cut.toString()), 1);
    assertThat(reasons(report)).contains("is damaged or cut off", "the image ends");
  }

  @Test
  void anImageThatShrinksUnderTheScanIsIncomplete() throws Exception {
    Path shrinking = Files.copy(root, folder.resolve("shrinking.img"));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StdStreams streams = WholeRun.streams(new ByteArrayOutputStream(), err);
    ScanRequest request =
        new ScanRequest(
            shrinking.toString(),
            new Access(
                new Access.Aws(null, null, null, 0, null),
                Access.Cache.TEMPORARY,
                io.amivet.fs.JournalMode.REPLAY,
                List.of(),
                true),
            Profile.PUBLISH,
            Depth.FULL,
            8,
            Judging.USUAL,
            EngineChoice.JAVA,
            List.of(),
            Set.of(),
            false,
            null,
            null);
    try (ScanJobs.ScanJob job = Main.wiring(streams).scans().prepare(request)) {
      try (RandomAccessFile file = new RandomAccessFile(shrinking.toFile(), "rw")) {
        file.setLength(CUT_BYTES);
      }
      Report report = job.run();
      assertThat(report.incompleteReasons()).isNotEmpty();
      assertThat(report.verdict()).isIn(Verdict.FAIL, Verdict.INCOMPLETE);
    }
  }

  @Test
  void encryptedAndUnknownVolumesAreNamedAndIncomplete() throws IOException {
    Path image = TestImages.unpack("vol-signatures", folder);
    JsonNode report = assertReported(WholeRun.scan(image.toString()), 4);
    assertThat(reasons(report))
        .contains("crypto_LUKS", "linux_raid_member", "ntfs", "BitLocker")
        .doesNotContain("(p6)");
  }

  @Test
  void bootAndSystemPartitionsBesideAGoodRootAreComplete() throws IOException {
    Path image = TestImages.unpack("vol-gpt", folder);
    JsonNode report = assertReported(WholeRun.scan(image.toString()), 0);
    assertThat(report.at("/coverage/complete").asBoolean()).isTrue();
    assertThat(report.at("/coverage/volumes").findValuesAsText("kind"))
        .contains("bios-boot", "efi-system");
    JsonNode demo = assertReported(WholeRun.scan(root.toString()), 1);
    assertThat(demo.at("/coverage/complete").asBoolean()).isTrue();
    assertThat(demo.at("/coverage/volumes")).hasSize(3);
  }

  @Test
  void theStrongestCodeOfSeveralTargetsWins() throws IOException {
    String zeros = file("nothing.img", new byte[1 << 20]).toString();
    String missing = folder.resolve("missing.img").toString();
    assertThat(WholeRun.of("scan", "--quiet", zeros, missing).code()).isEqualTo(3);
    WholeRun run = WholeRun.of("scan", "--quiet", missing, root.toString(), zeros);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void anUnknownImageIdIsThree() throws IOException {
    try (SystemProperties _ = SystemProperties.withCredentials();
        AwsEndpoint endpoint = AwsEndpoint.start()) {
      assertRefused(
          WholeRun.scan(
              "ami-0123456789abcdef0",
              "--region",
              "eu-west-1",
              "--endpoint-url",
              endpoint.uri().toString()),
          3,
          "ami-0123456789abcdef0");
    }
  }

  @Test
  void anEndpointThatNobodyServesIsThree() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (SystemProperties _ = SystemProperties.withCredentials()) {
      assertRefused(
          WholeRun.scan(
              "snap-0123456789abcdef0",
              "--region",
              "eu-west-1",
              "--endpoint-url",
              "http://127.0.0.1:" + port),
          3,
          "snap-0123456789abcdef0");
    }
  }

  @Test
  void missingCredentialsAreExplained() {
    try (SystemProperties _ =
        new SystemProperties()
            .clear("aws.accessKeyId")
            .clear("aws.secretAccessKey")
            .set("aws.sharedCredentialsFile", folder.resolve("none").toString())
            .set("aws.configFile", folder.resolve("none").toString())
            .set("aws.disableEc2Metadata", "true")) {
      assertRefused(
          WholeRun.scan("ami-0123456789abcdef0", "--region", "eu-west-1"),
          3,
          "no usable AWS credentials",
          "--aws-profile");
    }
  }

  @Test
  void aCacheFolderThatCannotBeMadeIsTwo() throws IOException {
    Path file = file("in-the-way", new byte[1]);
    assertRefused(
        WholeRun.scan(root.toString(), "--cache-dir", file.resolve("cache").toString()),
        2,
        "cannot make a cache folder",
        "--cache-dir");
  }

  @Test
  void aSmallVolumeThatIsWellCompressedIsReadWholly() throws IOException {
    Path image = TestImages.unpack("squashfs-xz", folder);
    assertThat(WholeRun.scan(image.toString()).code()).isZero();
  }
}
