package io.amivet.volume.lvm;

/**
 * How much LVM metadata is looked at on one target. An image can hold thousands of partitions over
 * the same bytes, each a physical volume with the largest text there can be.
 */
final class TextBudget {
  static final long MAX_BYTES = 128L << 20;
  static final int MAX_VALUES = 600_000;

  private long bytes = MAX_BYTES;
  private int values = MAX_VALUES;

  /** Whether so many more bytes may be read; if so, they are spent. */
  boolean takeBytes(long count) {
    if (count > bytes) {
      return false;
    }
    bytes -= count;
    return true;
  }

  /** Whether a text of so many values may be kept; if so, they are spent. */
  boolean takeValues(int count) {
    if (count > values) {
      return false;
    }
    values -= count;
    return true;
  }
}
