package io.amivet.inside.git;

/** What reading one pack may cost. */
final class PackLimits {
  /** Objects of one pack that are known at a time: some 25 bytes of memory for each. */
  static final int MAX_ENTRIES = 2_000_000;

  /** The largest object that is held in memory, be it as the base or the result of a delta. */
  static final int MAX_HELD_BYTES = 32 << 20;

  /** Bases that wait for their deltas; what does not fit is made again when it is needed. */
  static final long MAX_WAITING_BYTES = 64L << 20;

  private static final long FREE_WORK_BYTES = 1L << 30;
  private static final long WORK_PER_BYTE = 400;
  private static final long MAX_WORK_BYTES = 256L << 30;

  private PackLimits() {}

  /**
   * How many bytes may be inflated and patched for a pack of this size. Real packs stay below a
   * hundred times their size.
   */
  static long workBytes(long packBytes) {
    return Math.min(
        MAX_WORK_BYTES, FREE_WORK_BYTES + WORK_PER_BYTE * Math.min(packBytes, 1L << 40));
  }
}
