package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.cache.BlockCache;
import io.amivet.testdata.aws.ServedSnapshot;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams a whole snapshot ahead of the reader when each request takes 20 ms, and says how fast
 * that was. The figure is for people: a loaded machine must not fail a build.
 */
@Tag("long")
@Timeout(300)
class ThroughputTest {
  private static final int BLOCKS = 1024;
  private static final int PASSES = 3;
  private static final int READ_BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void streamsEachBlockOnceAndSaysHowFast(TestReporter reporter) throws Exception {
    try (EbsTestBed bed = new EbsTestBed(folder, BLOCKS)) {
      bed.endpoint.add(ServedSnapshot.of(EbsTestBed.SNAPSHOT, bed.image, 1));
      bed.endpoint.faults().latency(Duration.ofMillis(20));
      AwsOptions options = new AwsOptions("eu-west-1", null, bed.endpoint.uri(), 5000, 64);
      try (AwsTargets targets =
          new AwsTargets(options, RetryPolicy.DEFAULT, EbsTestBed.CREDENTIALS)) {
        EbsSnapshot snapshot = targets.open(EbsTestBed.SNAPSHOT).disks().getFirst();
        double seconds = Double.MAX_VALUE;
        // The first pass loads classes and compiles; other work on the machine can spoil any.
        for (int pass = 0; pass < PASSES; pass++) {
          seconds = Math.min(seconds, stream(snapshot));
        }
        double mib = BLOCKS / 2 * 0.5;
        reporter.publishEntry(
            "MiB/s, best of " + PASSES, String.valueOf(Math.round(mib / seconds)));
        assertThat(bed.endpoint.requests("GetSnapshotBlock"))
            .isEqualTo(PASSES * snapshot.presentBlocks());
      }
    }
  }

  private double stream(EbsSnapshot snapshot) throws Exception {
    long start = System.nanoTime();
    try (BlockCache cache = BlockCache.open(snapshot, folder.resolve("c"), 1L << 30)) {
      cache.prefetch(cache.dataRanges());
      byte[] buffer = new byte[READ_BYTES];
      long end = (long) BLOCKS * EbsTestBed.BLOCK;
      for (long offset = 0; offset < end; offset += READ_BYTES) {
        cache.read(offset, MemorySegment.ofArray(buffer));
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
