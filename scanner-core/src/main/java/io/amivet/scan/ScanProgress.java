package io.amivet.scan;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters that a scan moves and a progress display reads. Thread-safe; never calls anybody. */
public final class ScanProgress {
  private volatile String stage = "opening";
  private final AtomicLong plannedFiles = new AtomicLong();
  private final AtomicLong plannedBytes = new AtomicLong();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void enter(String nextStage) {
    stage = nextStage;
  }

  void plan(long moreFiles, long moreBytes) {
    plannedFiles.addAndGet(moreFiles);
    plannedBytes.addAndGet(moreBytes);
  }

  void read(long moreBytes) {
    bytes.add(moreBytes);
  }

  void fileDone() {
    files.increment();
  }

  /** What is being done: {@code opening}, {@code walking}, {@code scanning}, {@code done}. */
  public String stage() {
    return stage;
  }

  /** Files to look at; 0 until the plan is made. */
  public long plannedFiles() {
    return plannedFiles.get();
  }

  /** Their bytes on disk. */
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
