package io.amivet.inside.git;

import java.util.Arrays;

/** From a long to a small number: open addressing, without objects. Keeps what came first. */
final class LongTable {
  static final int ABSENT = -1;

  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int count;

  LongTable() {
    Arrays.fill(values, ABSENT);
  }

  int size() {
    return count;
  }

  /** {@link #ABSENT} if there is none. */
  int get(long key) {
    return values[slot(key)];
  }

  /**
   * Keeps a value unless the key has one.
   *
   * @param value 0 or more
   * @return whether it was kept
   */
  boolean putIfAbsent(long key, int value) {
    int slot = slot(key);
    if (values[slot] != ABSENT) {
      return false;
    }
    keys[slot] = key;
    values[slot] = value;
    count++;
    if (3 * count > 2 * keys.length) {
      grow();
    }
    return true;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[2 * oldKeys.length];
    Arrays.fill(values, ABSENT);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
