package io.amivet.source.ebs;

import static io.amivet.source.ebs.EbsTestBed.BLOCK;
import static io.amivet.source.ebs.EbsTestBed.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.amivet.cache.BlockCache;
import io.amivet.source.AcquisitionException;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ebs.EbsClient;

/**
 * The reader against <a href="https://docs.getmoto.org">moto</a>, a stand-in that we did not write:
 * blocks go up through the SDK and must come back through {@link EbsSnapshot}.
 */
@Tag("long")
@Timeout(300)
class MotoTest {
  private static final int[] UPLOAD_ORDER = {7, 3, 1500, 0, 2047, 12};

  @TempDir Path folder;

  private Process moto;
  private URI uri;

  @BeforeEach
  void start() throws Exception {
    assumeThat(isOnPath("moto_server"))
        .as("moto_server is on PATH (pip install moto[server])")
        .isTrue();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    moto =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    uri = URI.create("http://127.0.0.1:" + port);
    awaitPort(port);
  }

  @AfterEach
  void stop() throws Exception {
    if (moto != null) {
      moto.descendants().forEach(ProcessHandle::destroy);
      moto.destroy();
      moto.waitFor();
    }
  }

  private static boolean isOnPath(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }

  private void awaitPort(int port) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        assertThat(moto.isAlive()).as(Files.readString(folder.resolve("moto.log"))).isTrue();
        assertThat(System.nanoTime()).as("moto does not listen").isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }

  private String upload() throws Exception {
    try (EbsClient client =
        EbsClient.builder()
            .endpointOverride(uri)
            .region(Region.EU_WEST_1)
            .credentialsProvider(EbsTestBed.CREDENTIALS)
            .httpClientBuilder(Apache5HttpClient.builder())
            .build()) {
      String id = client.startSnapshot(request -> request.volumeSize(1L)).snapshotId();
      for (int index : UPLOAD_ORDER) {
        byte[] bytes = block(index);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        client.putSnapshotBlock(
            request ->
                request
                    .snapshotId(id)
                    .blockIndex(index)
                    .dataLength(BLOCK)
                    .checksum(Base64.getEncoder().encodeToString(digest))
                    .checksumAlgorithm("SHA256"),
            RequestBody.fromBytes(bytes));
      }
      client.completeSnapshot(
          request -> request.snapshotId(id).changedBlocksCount(UPLOAD_ORDER.length));
      return id;
    }
  }

  @Test
  void readsBackWhatWasUploaded() throws Exception {
    String id = upload();
    try (AwsTargets targets = EbsTestBed.targets(uri);
        BlockCache cache =
            BlockCache.open(targets.open(id).disks().getFirst(), folder.resolve("c"), 1 << 30)) {
      assertThat(cache.sizeBytes()).isEqualTo(1L << 30);
      cache.prefetch(cache.dataRanges());
      for (int index = 0; index < 2048; index++) {
        int wanted = index;
        boolean uploaded = Arrays.stream(UPLOAD_ORDER).anyMatch(one -> one == wanted);
        byte[] read = new byte[BLOCK];
        cache.read((long) index * BLOCK, MemorySegment.ofArray(read));
        byte[] expected = uploaded ? block(index) : new byte[BLOCK];
        assertThat(Arrays.mismatch(read, expected)).as("block %s", index).isEqualTo(-1);
      }
      assertThat(cache.failedChunks()).isEmpty();
    }
  }

  @Test
  void explainsTheServerErrorThatMotoGivesForAnUnknownSnapshot() throws Exception {
    try (AwsTargets targets = EbsTestBed.targets(uri)) {
      assertThatThrownBy(() -> targets.open("snap-0000000000000000f"))
          .isInstanceOf(AcquisitionException.class)
          .hasMessageContaining("snap-0000000000000000f")
          .hasMessageContaining("does not exist");
    }
  }
}
