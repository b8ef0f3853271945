package io.amivet.cache;

import io.amivet.block.Urgency;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Brings chunks from the source into slots, each by exactly one thread, while other readers of the
 * same chunk wait and readers of other chunks do not.
 *
 * <p>Fetches run on threads of its own, never on a reader's: an interrupt of a reader would close
 * the file channel under everybody else. The bytes go to memory first and get a slot only when they
 * are verified, so a slow source holds no slot.
 */
final class ChunkLoader implements Closeable {
  private static final int MAX_FAILURES_IN_A_ROW = 128;
  private static final long CLOSE_SECONDS = 30;

  private final ChunkSource source;
  private final SlotStore store;
  private final PrefetchQueue queue;
  private final SlotAllocator allocator;
  private final ConcurrentHashMap<Long, CachedChunk> chunks = new ConcurrentHashMap<>();
  private final Set<Long> failedChunks = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fetch-", 0).factory());
  private final AtomicInteger prefetchers = new AtomicInteger();
  private final LongAdder fetched = new LongAdder();

  /** Half a mebibyte is more than the garbage collector likes to see come and go. */
  private final ArrayBlockingQueue<byte[]> spareBuffers;

  private volatile boolean closed;

  ChunkLoader(ChunkSource source, SlotStore store) {
    this.source = source;
    this.store = store;
    this.spareBuffers = new ArrayBlockingQueue<>(source.concurrency());
    this.queue = new PrefetchQueue(store.slots() / 2);
    this.allocator = new SlotAllocator(store.slots(), chunk -> queue.isAhead(chunk.index));
  }

  /** Fills {@code target} from inside one chunk, which is fetched if need be. */
  void copy(long index, long offsetInChunk, MemorySegment target) throws IOException {
    if (!source.holds(index)) {
      checkOpen();
      target.fill((byte) 0);
      return;
    }
    while (true) {
      checkOpen();
      @Nullable CachedChunk chunk = chunks.get(index);
      if (chunk == null) {
        queue.missed();
        chunk = load(index);
      }
      if (chunk.tryPin()) {
        try {
          copyPinned(chunk, offsetInChunk, target);
          return;
        } finally {
          chunk.unpin();
        }
      }
      // Evicted between the look-up and the pin; whoever evicted it takes it out of the map.
      Thread.onSpinWait();
    }
  }

  private void copyPinned(CachedChunk chunk, long offsetInChunk, MemorySegment target)
      throws IOException {
    int slot = chunk.await();
    try {
      store.copy(slot, offsetInChunk, target);
    } catch (IllegalStateException e) {
      throw new IOException("closed while being read: " + source, e);
    }
    chunk.used = true;
    if (queue.consumed(chunk.index)) {
      startPrefetchers();
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("closed: " + source);
    }
  }

  /** The chunk, whose load this call starts unless another has. */
  private CachedChunk load(long index) throws IOException {
    CachedChunk fresh = new CachedChunk(index);
    CachedChunk other = chunks.putIfAbsent(index, fresh);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(() -> fill(fresh, source::fetch));
    } catch (RejectedExecutionException e) {
      chunks.remove(index, fresh);
      IOException gone = new IOException("closed: " + source, e);
      fresh.failed(gone);
      throw gone;
    }
    return fresh;
  }

  private void fill(CachedChunk chunk, ChunkSource.Fetch fetch) {
    byte[] spare = spareBuffers.poll();
    byte[] bytes = spare == null ? new byte[source.chunkSizeBytes()] : spare;
    try {
      refuseIfGone();
      fetch.into(chunk.index, bytes);
      failuresInARow.set(0);
      fetched.increment();
      place(chunk, bytes);
      spareBuffers.offer(bytes);
    } catch (IOException e) {
      fail(chunk, e);
    } catch (RuntimeException | Error e) {
      // Whoever waits for the chunk must hear of it, else they wait for ever.
      fail(chunk, new IOException("fetching chunk " + chunk.index + " of " + source + ": " + e, e));
    }
  }

  /** A source that is gone for good must not cost its whole retry budget for each chunk. */
  private void refuseIfGone() throws IOException {
    if (failuresInARow.get() >= MAX_FAILURES_IN_A_ROW) {
      throw new IOException(
          "not tried: "
              + MAX_FAILURES_IN_A_ROW
              + " blocks of "
              + source
              + " in a row could not be fetched");
    }
  }

  private void place(CachedChunk chunk, byte[] bytes) throws IOException {
    SlotAllocator.Grant grant;
    try {
      grant = allocator.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("closed: " + source);
      interrupted.initCause(e);
      throw interrupted;
    }
    CachedChunk evicted = grant.evicted();
    if (evicted != null) {
      chunks.remove(evicted.index, evicted);
      queue.consumed(evicted.index);
    }
    boolean written = false;
    try {
      store.write(grant.slot(), bytes);
      written = true;
    } finally {
      if (!written) {
        allocator.release(grant.slot());
      }
    }
    chunk.loaded(grant.slot());
    allocator.occupy(grant.slot(), chunk);
  }

  private void fail(CachedChunk chunk, IOException cause) {
    failuresInARow.incrementAndGet();
    if (!closed) {
      failedChunks.add(chunk.index);
    }
    chunk.failed(cause);
    queue.consumed(chunk.index);
  }

  /** Starts the loads of what one read will come to next, past the queue. */
  void loadAhead(long first, long end) throws IOException {
    long limit = Math.min(end, first + Math.min(source.concurrency(), store.slots() / 4));
    for (long index = first; index < limit; index++) {
      if (source.holds(index) && !chunks.containsKey(index)) {
        load(index);
      }
    }
  }

  /** Queues the chunks {@code [first, end)} to be fetched ahead of the reader. */
  void announce(long first, long end, Urgency urgency) {
    queue.add(first, end, urgency);
    startPrefetchers();
  }

  private void startPrefetchers() {
    while (!closed && queue.isReady()) {
      int running = prefetchers.get();
      if (running >= source.worthAhead()) {
        return;
      }
      if (prefetchers.compareAndSet(running, running + 1)) {
        try {
          threads.execute(this::prefetch);
        } catch (RejectedExecutionException _) {
          prefetchers.decrementAndGet();
          return;
        }
      }
    }
  }

  private void prefetch() {
    try {
      while (!closed && prefetchers.get() <= source.worthAhead()) {
        OptionalLong next = queue.take();
        if (next.isEmpty()) {
          break;
        }
        prefetch(next.getAsLong());
        startPrefetchers();
      }
    } catch (InterruptedIOException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException failing) {
      // What cannot be had ahead of its reader is asked for again by the reader, who hears of it.
      queue.clear();
    } finally {
      prefetchers.decrementAndGet();
      // Whoever announced chunks between the last take and here saw a full house and left.
      startPrefetchers();
    }
  }

  private void prefetch(long index) throws IOException {
    if (!source.holds(index) || chunks.containsKey(index)) {
      queue.consumed(index);
      return;
    }
    source.awaitTurn(index);
    CachedChunk fresh = new CachedChunk(index);
    if (chunks.putIfAbsent(index, fresh) == null) {
      fill(fresh, source::fetchAhead);
    } else {
      // A reader came first; the turn is lost, which costs a thousandth of a second.
      queue.consumed(index);
    }
  }

  Set<Long> failedChunks() {
    return new TreeSet<>(failedChunks);
  }

  long fetchedChunks() {
    return fetched.sum();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    queue.clear();
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("fetches do not end: " + source);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      store.close();
    }
  }
}
