package io.amivet.cache;

import io.amivet.block.Urgency;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which chunks to fetch ahead of the reader, and how far ahead.
 *
 * <p>What is wanted soon comes first, each kind in the order in which it was asked for. At most
 * {@code window} chunks are on their way or waiting to be read, half as many again if some are
 * wanted soon; the rest follows as the reader consumes them, so that fetching ahead never evicts
 * what it has just fetched. A reader that goes elsewhere would leave the window full for ever: each
 * of its misses gives up the oldest chunk.
 */
final class PrefetchQueue {
  /** Enough for every chunk of a 1 TiB disk announced one by one; what is beyond is not ahead. */
  private static final int MAX_RUNS = 1 << 21;

  private final int window;
  private final ArrayDeque<Run> soon = new ArrayDeque<>();
  private final ArrayDeque<Run> eventually = new ArrayDeque<>();
  private final Set<Long> ahead = new LinkedHashSet<>();

  /** Chunk indexes {@code [next, end)}. */
  private record Run(long next, long end) {}

  PrefetchQueue(int window) {
    this.window = window;
  }

  synchronized void add(long firstChunk, long endChunk, Urgency urgency) {
    ArrayDeque<Run> runs = urgency == Urgency.SOON ? soon : eventually;
    if (runs.size() < MAX_RUNS && firstChunk < endChunk) {
      runs.add(new Run(firstChunk, endChunk));
    }
  }

  /** The next chunk to fetch, which counts as ahead from now on; empty if there is no room. */
  synchronized OptionalLong take() {
    if (!isReady()) {
      return OptionalLong.empty();
    }
    ArrayDeque<Run> runs = soon.isEmpty() ? eventually : soon;
    Run run = runs.remove();
    if (run.next() + 1 < run.end()) {
      runs.addFirst(new Run(run.next() + 1, run.end()));
    }
    ahead.add(run.next());
    return OptionalLong.of(run.next());
  }

  synchronized boolean isReady() {
    return soon.isEmpty()
        ? !eventually.isEmpty() && ahead.size() < window
        : ahead.size() < window + window / 2;
  }

  synchronized boolean isAhead(long chunk) {
    return ahead.contains(chunk);
  }

  /** The chunk was read, turned out not to need a fetch, failed, or was evicted. */
  synchronized boolean consumed(long chunk) {
    return ahead.remove(chunk);
  }

  /** A reader wanted a chunk that nobody announced. */
  synchronized void missed() {
    if (ahead.size() >= window) {
      var oldest = ahead.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized void clear() {
    soon.clear();
    eventually.clear();
    ahead.clear();
  }
}
