package io.amivet.plan;

import io.amivet.block.BlockDevice;

/**
 * How much may be read of the files of one volume. A hostile image can map the same blocks into
 * many files; past this it gets no more of us.
 */
public final class ReadBudget {
  private static final long FACTOR = 16;

  /** What any volume gets: the contents of a small compressed one are many times its size. */
  private static final long MIN_BYTES = 2L << 30;

  private ReadBudget() {}

  /** In bytes. A volume that claims more than any disk holds gets what the smallest one gets. */
  public static long of(BlockDevice volume) {
    long volumeBytes = volume.sizeBytes();
    if (volumeBytes == 0) {
      // The files of a folder share no blocks that we know of, and its volume has no size.
      return Long.MAX_VALUE;
    }
    boolean possible = volumeBytes <= Long.MAX_VALUE / FACTOR;
    return possible ? Math.max(MIN_BYTES, FACTOR * volumeBytes) : MIN_BYTES;
  }
}
