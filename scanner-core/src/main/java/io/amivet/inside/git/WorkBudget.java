package io.amivet.inside.git;

/** Counts down the bytes that may still be made. For one thread. */
final class WorkBudget {
  private long leftBytes;

  WorkBudget(long bytes) {
    this.leftBytes = bytes;
  }

  /** Whether there was enough left; what was asked for is gone either way. */
  boolean take(long bytes) {
    leftBytes = bytes > leftBytes ? 0 : leftBytes - bytes;
    return leftBytes > 0;
  }

  boolean spent() {
    return leftBytes <= 0;
  }
}
