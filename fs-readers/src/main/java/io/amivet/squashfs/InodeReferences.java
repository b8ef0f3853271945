package io.amivet.squashfs;

import java.util.Arrays;

/**
 * Where each inode lies, by its number, as directories named it. Two longs an inode, since a live
 * image has some hundred thousand. Thread-safe.
 */
final class InodeReferences {
  private static final long ABSENT = -1;

  /** Pairs of number and reference, open addressing; at most half full. */
  private long[] slots = emptySlots(1 << 10);

  private int size;

  private static long[] emptySlots(int count) {
    long[] slots = new long[count];
    Arrays.fill(slots, ABSENT);
    return slots;
  }

  /** The reference for a number, or -1. */
  synchronized long get(long number) {
    return slots[find(slots, number) + 1];
  }

  /** Keeps the first reference for a number, as the kernel's inode cache does; false if another. */
  synchronized boolean put(long number, long reference) {
    int at = find(slots, number);
    if (slots[at] != ABSENT) {
      return slots[at + 1] == reference;
    }
    slots[at] = number;
    slots[at + 1] = reference;
    if (++size * 4 > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = emptySlots(slots.length * 2);
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != ABSENT) {
        int at = find(larger, slots[i]);
        larger[at] = slots[i];
        larger[at + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }

  private static int find(long[] slots, long number) {
    int mask = slots.length - 1;
    int at = ((int) ((number * 0x9e3779b97f4a7c15L) >>> 20) << 1) & mask;
    while (slots[at] != ABSENT && slots[at] != number) {
      at = (at + 2) & mask;
    }
    return at;
  }
}
