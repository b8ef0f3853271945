package io.amivet.source.ebs;

import static io.amivet.source.ebs.EbsTestBed.BLOCK;
import static io.amivet.source.ebs.EbsTestBed.SNAPSHOT;
import static io.amivet.source.ebs.EbsTestBed.block;
import static io.amivet.source.ebs.EbsTestBed.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.cache.BlockCache;
import io.amivet.source.AcquisitionException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EbsSnapshotTest {
  @TempDir Path folder;

  private EbsTestBed bed;
  private AwsTargets targets;

  @BeforeEach
  void start() throws IOException {
    bed = new EbsTestBed(folder, 20);
    targets = bed.targets();
  }

  @AfterEach
  void stop() throws IOException {
    targets.close();
    bed.close();
  }

  private EbsSnapshot open() throws IOException {
    EbsTarget target = targets.open(SNAPSHOT);
    assertThat(target.disks()).hasSize(1);
    return target.disks().getFirst();
  }

  @Test
  void readsTheWholeDiskBackThroughTheCache() throws IOException {
    try (BlockCache cache = BlockCache.open(open(), folder.resolve("cache"), 1 << 30)) {
      assertThat(cache.sizeBytes()).isEqualTo(1L << 30);
      cache.prefetch(cache.dataRanges());
      byte[] all = new byte[20 * BLOCK];
      cache.read(0, MemorySegment.ofArray(all));
      byte[] expected = java.util.Arrays.copyOf(Files.readAllBytes(bed.image), 20 * BLOCK);
      assertThat(java.util.Arrays.mismatch(all, expected)).isEqualTo(-1);
      byte[] tail = new byte[100];
      cache.read((1L << 30) - 100, MemorySegment.ofArray(tail));
      assertThat(tail).containsOnly(0);
      assertThat(cache.statistics().total()).isEqualTo(2048);
      assertThat(cache.statistics().present()).isEqualTo(10);
      assertThat(cache.statistics().fetched()).isEqualTo(10);
      assertThat(cache.statistics().requests()).isEqualTo(11);
      assertThat(cache.statistics().estimatedCostUsd()).isBetween(0.00003, 0.00004);
    }
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(10);
  }

  @Test
  void holdsExactlyTheListedBlocks() throws IOException {
    EbsSnapshot snapshot = open();
    assertThat(IntStream.range(-1, 2100).filter(snapshot::holds).boxed())
        .containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
  }

  @Test
  void copesWithPagesThatAreEmpty() throws IOException {
    bed.endpoint.faults().emptyPages();
    assertThat(open().presentBlocks()).isEqualTo(10);
    assertThat(bed.endpoint.requests("ListSnapshotBlocks")).isEqualTo(2);
  }

  @Test
  void copesWithAListingInUploadOrderThatRepeatsABlock() throws IOException {
    bed.endpoint.faults().listInUploadOrder();
    EbsSnapshot snapshot = open();
    assertThat(snapshot.presentBlocks()).isEqualTo(10);
    assertThat(fetch(snapshot, 0)).isEqualTo(block(0));
    assertThat(fetch(snapshot, 18)).isEqualTo(block(18));
  }

  @Test
  void saysThatTheEndpointIsConfusedAboutItsBlockSizeAndReadsOn() throws IOException {
    bed.endpoint.faults().answeredBlockSize(512);
    EbsTarget target = targets.open(SNAPSHOT);
    assertThat(target.notes()).anyMatch(note -> note.contains("512 bytes"));
    assertThat(fetch(target.disks().getFirst(), 2)).isEqualTo(block(2));
  }

  @Test
  void retriesServerErrors() throws IOException {
    bed.endpoint.faults().serverErrors(3);
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().serverErrors(3);
    assertThat(fetch(snapshot, 4)).isEqualTo(block(4));
    assertThat(snapshot.traffic().retries()).isEqualTo(6);
  }

  @Test
  void givesUpOnLastingServerErrorsAndSaysWhatTheyMayMean() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().serverErrors(1000);
    assertThatThrownBy(() -> fetch(snapshot, 4))
        .isInstanceOf(AcquisitionException.class)
        .hasMessageContaining("block 4 of snapshot " + SNAPSHOT)
        .hasMessageContaining("HTTP 500")
        .hasMessageContaining("8 times");
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(8);
    bed.endpoint.faults().serverErrors(0);
    assertThat(fetch(snapshot, 4)).isEqualTo(block(4));
  }

  @Test
  void retriesAWrongChecksum() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().wrongChecksums(2);
    assertThat(fetch(snapshot, 6)).isEqualTo(block(6));
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(3);
  }

  @Test
  void givesUpOnABlockThatNeverMatchesItsChecksum() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().wrongChecksums(1000);
    assertThatThrownBy(() -> fetch(snapshot, 6))
        .isInstanceOf(AcquisitionException.class)
        .hasMessageContaining("SHA-256");
  }

  @Test
  void retriesABodyThatIsCutOff() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().truncatedBodies(3);
    assertThat(fetch(snapshot, 8)).isEqualTo(block(8));
    assertThat(snapshot.traffic().retries()).isEqualTo(3);
  }

  @Test
  void retriesABodyThatStalls() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().stalledBodies(1);
    assertThat(fetch(snapshot, 8)).isEqualTo(block(8));
    assertThat(snapshot.traffic().retries()).isEqualTo(1);
  }

  @Test
  void aMissingBlockFailsAloneAndAtOnce() throws IOException {
    bed.endpoint.faults().missingBlock(2);
    EbsSnapshot snapshot = open();
    assertThatThrownBy(() -> fetch(snapshot, 2))
        .isInstanceOf(AcquisitionException.class)
        .hasMessageContaining("block 2 of snapshot " + SNAPSHOT);
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(1);
    assertThat(fetch(snapshot, 4)).isEqualTo(block(4));
  }

  @Test
  void deniedAccessNamesThePermissionAndStopsFurtherRequests() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().deny("GetSnapshotBlock");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> fetch(snapshot, 2))
          .isInstanceOf(AcquisitionException.class)
          .hasMessageContaining("ebs:GetSnapshotBlock")
          .hasMessageContaining("arn:aws:ec2:eu-west-1::snapshot/" + SNAPSHOT)
          .hasMessageContaining("copy");
    }
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(1);
  }

  @Test
  void manyReadersWithExpiredTokensListOnlyOnceMore() throws Exception {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().expireTokens();
    fetchAllAtOnce(snapshot);
    assertThat(bed.endpoint.requests("ListSnapshotBlocks")).isEqualTo(2);
  }

  @Test
  void listsAgainWhenItKnowsThatTheTokensHaveExpired() throws Exception {
    bed.endpoint.faults().blockTokenLife(Duration.ofSeconds(3));
    EbsSnapshot snapshot = open();
    Thread.sleep(3100);
    bed.endpoint.faults().blockTokenLife(Duration.ofDays(7));
    assertThat(fetch(snapshot, 2)).isEqualTo(block(2));
    assertThat(bed.endpoint.requests("ListSnapshotBlocks")).isEqualTo(2);
    assertThat(bed.endpoint.requests("GetSnapshotBlock")).isEqualTo(1);
  }

  @Test
  void tokensThatExpireAtOnceEndInAnErrorAndNotInALoop() throws IOException {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().blockTokenLife(Duration.ofDays(-1)).expireTokens();
    assertThatThrownBy(() -> fetch(snapshot, 2))
        .isInstanceOf(AcquisitionException.class)
        .hasMessageContaining("token");
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> fetch(snapshot, 2)).isInstanceOf(AcquisitionException.class);
    }
    assertThat(bed.endpoint.requests("ListSnapshotBlocks")).isLessThanOrEqualTo(21);
  }

  @Test
  void throttlingCostsTimeAndNoBlock() throws Exception {
    EbsSnapshot snapshot = open();
    // One less than the tries of a block, so that even the unluckiest gets through.
    bed.endpoint.faults().throttledBlocks(7);
    fetchAllAtOnce(snapshot);
    assertThat(snapshot.traffic().retries()).isEqualTo(7);
  }

  private static void fetchAllAtOnce(EbsSnapshot snapshot) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> blocks =
          IntStream.range(0, 10)
              .mapToObj(i -> threads.submit(() -> fetch(snapshot, 2L * i)))
              .toList();
      for (int i = 0; i < 10; i++) {
        assertThat(blocks.get(i).get()).isEqualTo(block(2 * i));
      }
    }
  }

  @Test
  void anInterruptEndsAFetchWithoutRetries() throws Exception {
    EbsSnapshot snapshot = open();
    bed.endpoint.faults().latency(Duration.ofSeconds(30));
    Thread fetcher =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() -> fetch(snapshot, 2))
                    .isInstanceOf(java.io.InterruptedIOException.class));
    Thread.sleep(200);
    fetcher.interrupt();
    assertThat(fetcher.join(Duration.ofSeconds(20))).as("ended").isTrue();
    assertThat(snapshot.traffic().retries()).isZero();
  }
}
