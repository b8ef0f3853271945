package io.amivet.inside;

import io.amivet.block.BlockDevice;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks into files, and into what it finds there, as deep as the limits allow. The one place that
 * keeps the limits and turns faults of archives into reports. Thread-safe, one for a scan.
 */
public final class Inside {
  private final List<InsideFormat> formats;
  private final InsideLimits limits;
  private final AtomicLong bytesOut = new AtomicLong();

  /** Held by the one thread that may use much memory. */
  private final ReentrantLock memoryTurn = new ReentrantLock();

  public Inside(List<InsideFormat> formats, InsideLimits limits) {
    this.formats = List.copyOf(formats);
    this.limits = limits;
  }

  /** Whether a file that starts so is looked into. */
  public boolean recognises(Head head) {
    return limits.depth() > 0 && InsideFormats.of(formats, head).isPresent();
  }

  /**
   * Gives everything in a file of the image to the sink. What is wrong with it ends in {@link
   * MemberSink#notSearched}, never in an exception.
   *
   * @param member facts of the file; {@code name} is its whole path
   * @return whether the file was understood, so that searching its own bytes as well would be
   *     searching the same twice
   */
  public boolean search(Member member, Head head, BlockDevice file, MemberSink sink) {
    InsideBudget budget = new InsideBudget(limits, file.sizeBytes(), bytesOut);
    try (MemoryTurn memory = new MemoryTurn(limits.memoryPerFile(), memoryTurn)) {
      return new InsideSearch(formats, limits, budget, memory, sink).file(member, head, file);
    }
  }

  /** Bytes that came out of all files so far. */
  public long bytesOut() {
    return bytesOut.get();
  }
}
