package io.amivet.cli;

/** How much may still be written. */
final class ByteBudget {
  /** What an entry costs at least, so that a million empty files reach the limit too. */
  private static final long MIN_ENTRY_BYTES = 4096;

  private long leftBytes;

  ByteBudget(long limitBytes) {
    leftBytes = limitBytes;
  }

  void charge(long bytes) throws CommandFailure {
    long cost = Math.max(MIN_ENTRY_BYTES, bytes);
    if (cost > leftBytes) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE, "stopped at the limit of --max-size; what was extracted stays");
    }
    leftBytes -= cost;
  }
}
