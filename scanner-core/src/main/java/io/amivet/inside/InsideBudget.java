package io.amivet.inside;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What may still come out of one file of the image. For one thread, but for the sum of all. */
final class InsideBudget {
  private final InsideLimits limits;
  private final AtomicLong outOfAll;
  private final long allowedBytes;
  private final boolean allowedByRatio;
  private long members;
  private long bytes;
  private @Nullable NotSearchedException exhausted;

  /**
   * @param fileBytes size of the file
   * @param outOfAll what came out of all files so far
   */
  InsideBudget(InsideLimits limits, long fileBytes, AtomicLong outOfAll) {
    this.limits = limits;
    this.outOfAll = outOfAll;
    long byRatio = limits.freeBytes() + saturated(fileBytes, limits.ratio());
    this.allowedByRatio = byRatio < limits.bytesPerFile();
    this.allowedBytes = Math.min(byRatio, limits.bytesPerFile());
  }

  private static long saturated(long fileBytes, long ratio) {
    return fileBytes > (Long.MAX_VALUE >> 1) / ratio ? Long.MAX_VALUE >> 1 : fileBytes * ratio;
  }

  void countMember() throws NotSearchedException {
    check();
    if (++members > limits.membersPerFile()) {
      exhaust("more than " + limits.membersPerFile() + " members");
    }
  }

  void countBytes(long count) throws NotSearchedException {
    check();
    bytes += count;
    if (bytes > allowedBytes) {
      exhaust(
          allowedByRatio
              ? "more than " + limits.ratio() + " times its size comes out of it"
              : "more than " + (limits.bytesPerFile() >> 20) + " MiB come out of it");
    }
    if (outOfAll.addAndGet(count) > limits.bytesInAll()) {
      exhaust("more than " + (limits.bytesInAll() >> 20) + " MiB came out of all archives");
    }
  }

  /** Whatever a library made of the exception: once exhausted, nothing more comes out. */
  void check() throws NotSearchedException {
    if (exhausted != null) {
      throw exhausted;
    }
  }

  private void exhaust(String reason) throws NotSearchedException {
    exhausted = new NotSearchedException(reason);
    throw exhausted;
  }

  boolean isExhausted() {
    return exhausted != null;
  }
}
