package io.amivet.source.ebs;

import static io.amivet.source.ebs.EbsTestBed.BLOCK;
import static io.amivet.source.ebs.EbsTestBed.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.amivet.cache.BlockCache;
import io.amivet.source.AcquisitionException;
import io.amivet.testdata.aws.MotoServer;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
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

  private MotoServer moto;
  private URI uri;

  @BeforeEach
  void start() throws Exception {
    assumeThat(MotoServer.isInstalled())
        .as("moto_server is on PATH (pip install moto[server])")
        .isTrue();
    moto = MotoServer.start(folder.resolve("moto.log"));
    uri = moto.uri();
  }

  @AfterEach
  void stop() throws Exception {
    if (moto != null) {
      moto.close();
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
