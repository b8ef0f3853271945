package io.amivet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.ByteRange;
import io.amivet.block.Urgency;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BlockCacheTest {
  private static final int CHUNK = MemorySource.CHUNK_BYTES;
  private static final int DISK = 100 * CHUNK + 1000;
  private static final long ROOMY = 1L << 30;

  @TempDir Path folder;

  private final MemorySource source = new MemorySource(DISK);

  private static byte[] read(BlockCache cache, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    cache.read(offset, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  @Test
  void readsWhatTheSourceHoldsAtEveryOffsetAndLength() throws IOException {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      assertThat(read(cache, 0, DISK)).isEqualTo(source.bytes(0, DISK));
      Random random = new Random(7);
      for (int i = 0; i < 2000; i++) {
        int length = random.nextInt(3 * CHUNK);
        long offset = random.nextInt(DISK - length + 1);
        assertThat(read(cache, offset, length)).isEqualTo(source.bytes(offset, length));
        assertThat(cache.view(offset, length).toArray(ValueLayout.JAVA_BYTE))
            .isEqualTo(source.bytes(offset, length));
      }
    }
  }

  @Test
  void fetchesEachChunkOnceAndAbsentOnesNever() throws IOException {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      read(cache, 0, DISK);
      read(cache, 0, DISK);
      assertThat(source.fetches.values()).allMatch(count -> count.get() == 1);
      assertThat(source.fetches.keySet()).hasSize(81).noneMatch(chunk -> chunk % 5 == 4);
      assertThat(cache.statistics().total()).isEqualTo(101);
      assertThat(cache.statistics().present()).isEqualTo(81);
      assertThat(cache.statistics().fetched()).isEqualTo(81);
      assertThat(cache.statistics().bytesFetched()).isEqualTo(81L * CHUNK);
    }
  }

  @Test
  void refusesReadsPastTheEnd() throws IOException {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      assertThatThrownBy(() -> read(cache, DISK - 10, 11)).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> cache.view(-1, 1)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void listsTheRangesThatHoldData() throws IOException {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      assertThat(cache.dataRanges()).hasSize(21).startsWith(new ByteRange(0, 4 * CHUNK));
      assertThat(cache.dataRanges().getLast()).isEqualTo(new ByteRange(100 * CHUNK, 1000));
    }
  }

  @Test
  void aViewOutlivesEvictionAndTheCacheItself() throws IOException {
    MemorySegment view;
    try (BlockCache cache = BlockCache.open(source, folder, 2 * CHUNK)) {
      view = cache.view(100, 50);
      read(cache, 0, DISK);
    }
    assertThat(view.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(source.bytes(100, 50));
    assertThat(view.isReadOnly()).isTrue();
  }

  @Test
  void oneLoaderPerChunkServesAllReadersWhoWantIt() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    source.gate = gate;
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(readers.submit(() -> read(cache, CHUNK, CHUNK)));
      }
      await(() -> source.fetching.get() == 1);
      gate.countDown();
      for (Future<byte[]> answer : answers) {
        assertThat(answer.get()).isEqualTo(source.bytes(CHUNK, CHUNK));
      }
      assertThat(source.fetches()).isEqualTo(1);
    }
  }

  @Test
  void aChunkOnItsWayDoesNotHoldUpReadersOfAnother() throws Exception {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      read(cache, 0, 10);
      CountDownLatch gate = new CountDownLatch(1);
      source.gate = gate;
      Future<byte[]> slow = readers.submit(() -> read(cache, CHUNK, 10));
      await(() -> source.fetching.get() == 1);
      assertThat(read(cache, 0, 10)).isEqualTo(source.bytes(0, 10));
      assertThat(slow.isDone()).isFalse();
      gate.countDown();
      assertThat(slow.get()).isEqualTo(source.bytes(CHUNK, 10));
    }
  }

  @Test
  void manyThreadsOverATinyCacheNeverSeeAnotherChunksBytes() throws Exception {
    try (BlockCache cache = BlockCache.open(source, folder, 3 * CHUNK);
        ExecutorService readers = Executors.newFixedThreadPool(16)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int seed = 0; seed < 16; seed++) {
        Random random = new Random(seed);
        wrong.add(readers.submit(() -> countWrongReads(cache, random)));
      }
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
      assertThat(source.fetches()).as("evicted chunks are fetched again").isGreaterThan(81);
    }
  }

  private int countWrongReads(BlockCache cache, Random random) throws IOException {
    int wrong = 0;
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(20) == 0) {
        cache.prefetch(List.of(new ByteRange(random.nextInt(DISK), 5 * CHUNK)));
      }
      int length = random.nextInt(2 * CHUNK);
      long offset = random.nextInt(DISK - length);
      if (!java.util.Arrays.equals(read(cache, offset, length), source.bytes(offset, length))) {
        wrong++;
      }
    }
    return wrong;
  }

  @Test
  void prefetchReturnsAtOnceFetchesSideBySideAndReadsWaitForIt() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    source.gate = gate;
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      cache.prefetch(List.of(new ByteRange(0, DISK)));
      await(() -> source.fetching.get() == source.concurrency());
      gate.countDown();
      assertThat(read(cache, 0, DISK)).isEqualTo(source.bytes(0, DISK));
      assertThat(source.mostAtOnce.get()).isGreaterThanOrEqualTo(source.concurrency());
      assertThat(source.fetches()).isEqualTo(81);
    }
  }

  @Test
  void prefetchKeepsNoMoreThanHalfTheCacheAheadAndGoesOnAsItIsRead() throws Exception {
    try (BlockCache cache = BlockCache.open(source, folder, 20L * CHUNK)) {
      cache.prefetch(List.of(new ByteRange(0, DISK)), Urgency.EVENTUALLY);
      await(() -> source.fetches() == 10);
      Thread.sleep(50);
      assertThat(source.fetches()).isEqualTo(10);
      for (long offset = 0; offset < DISK; offset += CHUNK) {
        int length = (int) Math.min(CHUNK, DISK - offset);
        assertThat(read(cache, offset, length)).isEqualTo(source.bytes(offset, length));
      }
      assertThat(source.fetches.values())
          .as("nothing was evicted unread")
          .allMatch(count -> count.get() == 1);
    }
  }

  @Test
  void whatIsWantedSoonOvertakesWhatIsWantedEventually() throws Exception {
    try (BlockCache cache = BlockCache.open(source, folder, 20L * CHUNK)) {
      cache.prefetch(List.of(new ByteRange(0, DISK)), Urgency.EVENTUALLY);
      await(() -> source.fetches() == 10);
      cache.prefetch(List.of(new ByteRange(60L * CHUNK, 4 * CHUNK)), Urgency.SOON);
      await(() -> source.fetches() == 14);
      assertThat(source.fetches).containsKeys(60L, 61L, 62L, 63L);
    }
  }

  @Test
  void aPlanThatIsGivenUpDoesNotBlockTheNextPrefetch() throws Exception {
    try (BlockCache cache = BlockCache.open(source, folder, 8L * CHUNK)) {
      cache.prefetch(List.of(new ByteRange(0, 4 * CHUNK)));
      await(() -> source.fetches() == 4);
      for (int chunk = 50; chunk < 54; chunk++) {
        read(cache, (long) chunk * CHUNK, 1);
      }
      cache.prefetch(List.of(new ByteRange(80L * CHUNK, CHUNK)));
      await(() -> source.fetches.containsKey(80L));
    }
  }

  @Test
  void aFailedChunkFailsOnEveryReadButIsFetchedOnce() throws IOException {
    source.failing.add(3L);
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> read(cache, 3 * CHUNK, 10))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("chunk 3 is lost");
      }
      assertThat(source.fetches()).isEqualTo(1);
      assertThat(cache.failedChunks()).containsExactly(3L);
      assertThat(read(cache, 0, 3 * CHUNK)).isEqualTo(source.bytes(0, 3 * CHUNK));
    }
  }

  @Test
  void givesUpOnASourceThatFailsTooOftenInARow() throws IOException {
    MemorySource gone = new MemorySource(1000 * CHUNK);
    for (long chunk = 0; chunk < 1000; chunk++) {
      gone.failing.add(chunk);
    }
    try (BlockCache cache = BlockCache.open(gone, folder, ROOMY)) {
      for (int chunk = 0; chunk < 1000; chunk++) {
        int offset = chunk * CHUNK;
        if (gone.holds(chunk)) {
          assertThatThrownBy(() -> read(cache, offset, 10)).isInstanceOf(IOException.class);
        }
      }
      assertThat(gone.fetches()).isBetween(1, 200);
      assertThatThrownBy(() -> read(cache, 0, 10)).hasMessageContaining("chunk 0 is lost");
      assertThatThrownBy(() -> read(cache, 998 * CHUNK, 10)).hasMessageContaining("not tried");
    }
  }

  @Test
  void prefetchNeverThrowsForAFailingChunk() throws Exception {
    source.failing.add(3L);
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      cache.prefetch(List.of(new ByteRange(0, DISK)));
      await(() -> cache.failedChunks().contains(3L));
      assertThat(read(cache, 5 * CHUNK, CHUNK)).isEqualTo(source.bytes(5 * CHUNK, CHUNK));
    }
  }

  @Test
  void leavesNothingInTheFolderEvenWhileItIsOpen() throws IOException {
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      read(cache, 0, DISK);
      try (Stream<Path> entries = Files.list(folder)) {
        assertThat(entries).isEmpty();
      }
    }
    assertThat(source.closed).isTrue();
  }

  @Test
  void anInterruptedReaderDoesNotBreakTheCacheForOthers() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    source.gate = gate;
    try (BlockCache cache = BlockCache.open(source, folder, ROOMY)) {
      Thread reader =
          Thread.ofPlatform()
              .start(() ->
                  assertThatThrownBy(() -> read(cache, 0, 10))
                      .isInstanceOf(java.io.InterruptedIOException.class));
      await(() -> source.fetching.get() == 1);
      reader.interrupt();
      reader.join();
      gate.countDown();
      assertThat(read(cache, 0, 10)).isEqualTo(source.bytes(0, 10));
    }
  }

  @Test
  void closingEndsFetchesAndWakesWhoeverWaits() throws Exception {
    source.gate = new CountDownLatch(1);
    BlockCache cache = BlockCache.open(source, folder, ROOMY);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      cache.prefetch(List.of(new ByteRange(0, DISK)));
      Future<byte[]> waiting = readers.submit(() -> read(cache, 0, 10));
      await(() -> source.fetching.get() == source.concurrency());
      cache.close();
      assertThat(source.fetching.get()).isZero();
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> read(cache, 0, 10)).hasMessageContaining("closed");
      assertThatThrownBy(() -> read(cache, 4 * CHUNK, 10)).hasMessageContaining("closed");
    }
  }

  @Test
  void saysWhereItCannotMakeItsFile() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> BlockCache.open(source, notAFolder, ROOMY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(notAFolder.toString())
        .hasMessageContaining("--cache-dir");
  }
}
