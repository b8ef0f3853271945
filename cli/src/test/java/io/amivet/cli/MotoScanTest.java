package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.MotoServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ebs.EbsClient;

/** The demo image, put into a snapshot of a stand-in that we did not write, and scanned there. */
@Tag("long")
@Timeout(600)
class MotoScanTest {
  private static final int BLOCK_BYTES = 512 << 10;

  @TempDir Path folder;

  @Test
  void aSnapshotThatWasUploadedGivesTheFindingsOfTheFile() throws Exception {
    assumeThat(MotoServer.isInstalled()).as("moto_server is on PATH").isTrue();
    Path root = TestImages.unpack("demo-root", folder);
    try (SystemProperties _ = SystemProperties.withCredentials();
        MotoServer moto = MotoServer.start(folder.resolve("moto.log"))) {
      String snapshot = upload(moto.uri(), root);
      JsonNode remote =
          report(snapshot, "--region", "eu-west-1", "--endpoint-url", moto.uri().toString());
      JsonNode local = report(root.toString());
      assertThat(remote.get("findings")).isNotEmpty().isEqualTo(local.get("findings"));
      assertThat(remote.at("/coverage/complete").asBoolean()).isTrue();
    }
  }

  private static JsonNode report(String... args) throws IOException {
    WholeRun run = WholeRun.scan(args);
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    return new ObjectMapper().readTree(run.out());
  }

  /** Blocks of zeros are left out, as EBS does with those never written. */
  static String upload(URI uri, Path image) throws Exception {
    try (EbsClient client =
            EbsClient.builder()
                .endpointOverride(uri)
                .region(Region.EU_WEST_1)
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
        InputStream in = Files.newInputStream(image)) {
      String id = client.startSnapshot(request -> request.volumeSize(1L)).snapshotId();
      byte[] zeros = new byte[BLOCK_BYTES];
      int uploaded = 0;
      int index = 0;
      for (byte[] read = in.readNBytes(BLOCK_BYTES);
          read.length > 0;
          read = in.readNBytes(BLOCK_BYTES)) {
        byte[] block = Arrays.copyOf(read, BLOCK_BYTES);
        if (!Arrays.equals(block, zeros)) {
          put(client, id, index, block);
          uploaded++;
        }
        index++;
      }
      int changed = uploaded;
      client.completeSnapshot(request -> request.snapshotId(id).changedBlocksCount(changed));
      return id;
    }
  }

  private static void put(EbsClient client, String snapshot, int index, byte[] block)
      throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(block);
    client.putSnapshotBlock(
        request ->
            request
                .snapshotId(snapshot)
                .blockIndex(index)
                .dataLength(BLOCK_BYTES)
                .checksum(Base64.getEncoder().encodeToString(digest))
                .checksumAlgorithm("SHA256"),
        RequestBody.fromBytes(block));
  }
}
