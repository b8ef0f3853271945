package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedSnapshot;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the digests of a report can be computed from its description by somebody else. */
class CustodyScanTest {
  private static final int BLOCK_BYTES = 512 << 10;
  private static final String SNAPSHOT = "snap-0de30de30de300001";

  @TempDir private Path folder;

  private static JsonNode report(String... args) throws Exception {
    WholeRun run = WholeRun.scan(args);
    return run.report();
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  @Test
  void aLocalDiskIsHashedFromEndToEndIfAskedFor() throws Exception {
    Path image = TestImages.unpack("demo-root", folder);
    assertThat(report(image.toString()).at("/custody/disks")).isEmpty();
    JsonNode disk = report(image.toString(), "--digest").at("/custody/disks/0");
    assertThat(disk.get("method").asText()).isEqualTo("sha256");
    assertThat(disk.get("digest").asText())
        .isEqualTo(HexFormat.of().formatHex(sha256(Files.readAllBytes(image))));
  }

  @Test
  void theBlocksOfASnapshotAreHashedAsTheyCame() throws Exception {
    Path image = TestImages.unpack("demo-root", folder);
    try (SystemProperties _ = SystemProperties.withCredentials();
        AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint.add(ServedSnapshot.of(SNAPSHOT, image, 1));
      JsonNode report =
          report(SNAPSHOT, "--region", "eu-west-1", "--endpoint-url", endpoint.uri().toString());
      JsonNode disk = report.at("/custody/disks/0");
      assertThat(disk.get("disk").asText()).isEqualTo(SNAPSHOT);
      assertThat(disk.get("blocks").asLong())
          .isEqualTo(report.at("/coverage/blocks/fetched").asLong());
      assertThat(disk.get("digest").asText())
          .isEqualTo(digestOf(Files.readAllBytes(image), disk.get("ranges").asText()));
    }
  }

  private static String digestOf(byte[] image, String ranges) throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-");
      for (int index = Integer.parseInt(ends[0]);
          index <= Integer.parseInt(ends[ends.length - 1]);
          index++) {
        byte[] block = Arrays.copyOfRange(image, index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES);
        all.update(ByteBuffer.allocate(Long.BYTES).putLong(0, index));
        all.update(sha256(block));
      }
    }
    return HexFormat.of().formatHex(all.digest());
  }
}
