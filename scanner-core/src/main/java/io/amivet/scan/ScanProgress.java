package io.amivet.scan;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters that a scan moves and a progress display reads. Thread-safe; never calls anybody. */
public final class ScanProgress {
  private final AtomicLong plannedBytes = new AtomicLong();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void plan(long moreBytes) {
    plannedBytes.addAndGet(moreBytes);
  }

  void read(long moreBytes) {
    bytes.add(moreBytes);
  }

  void fileDone() {
    files.increment();
  }

  /** Bytes on disk of all that will be looked at; 0 until the plan is made. */
  public long plannedBytes() {
    return plannedBytes.get();
  }

  public long files() {
    return files.sum();
  }

  public long bytes() {
    return bytes.sum();
  }
}
