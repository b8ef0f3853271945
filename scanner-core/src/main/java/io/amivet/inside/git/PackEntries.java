package io.amivet.inside.git;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the objects of a pack lie and which of them build on which, in arrays for the sake of
 * memory. Entries are numbered from 0 in the order of the pack; {@link #NONE} is no entry.
 */
final class PackEntries {
  static final int NONE = -1;

  private long[] offsets = new long[64];
  private long[] sizes = new long[64];
  private byte[] types = new byte[64];
  private int[] firstChild = new int[64];
  private int[] nextSibling = new int[64];
  private final Map<ObjectId, Integer> firstChildOfId = new HashMap<>();
  private int count;

  int count() {
    return count;
  }

  /** An object that is stored whole. */
  void addWhole(ObjectType type, long offset, long sizeBytes) {
    add(offset, sizeBytes);
    types[count - 1] = (byte) type.number();
  }

  /** A delta of the earlier entry {@code base}. */
  void addDelta(int base, long offset, long deltaBytes) {
    int entry = add(offset, deltaBytes);
    nextSibling[entry] = firstChild[base];
    firstChild[base] = entry;
  }

  /** A delta of the object with this id, wherever it may lie. */
  void addDelta(ObjectId base, long offset, long deltaBytes) {
    int entry = add(offset, deltaBytes);
    Integer sibling = firstChildOfId.put(base, entry);
    nextSibling[entry] = sibling == null ? NONE : sibling;
  }

  /** An entry that is known to be there but cannot be read; what builds on it is lost with it. */
  void addUnreadable(long offset) {
    add(offset, 0);
  }

  private int add(long offset, long sizeBytes) {
    if (count == offsets.length) {
      int more = 2 * count;
      offsets = Arrays.copyOf(offsets, more);
      sizes = Arrays.copyOf(sizes, more);
      types = Arrays.copyOf(types, more);
      firstChild = Arrays.copyOf(firstChild, more);
      nextSibling = Arrays.copyOf(nextSibling, more);
    }
    offsets[count] = offset;
    sizes[count] = sizeBytes;
    firstChild[count] = NONE;
    nextSibling[count] = NONE;
    return count++;
  }

  long offset(int entry) {
    return offsets[entry];
  }

  /** What the entry inflates to: the object, or the delta. */
  long sizeBytes(int entry) {
    return sizes[entry];
  }

  /** Empty for a delta. */
  Optional<ObjectType> type(int entry) {
    return ObjectType.ofNumber(types[entry]);
  }

  int firstChild(int entry) {
    return firstChild[entry];
  }

  int nextSibling(int entry) {
    return nextSibling[entry];
  }

  /** The first delta that names its base by this id; given once. */
  int takeFirstChild(ObjectId base) {
    Integer first = firstChildOfId.isEmpty() ? null : firstChildOfId.remove(base);
    return first == null ? NONE : first;
  }

  /** The entry that starts at {@code offset}. */
  int at(long offset) {
    int found = Arrays.binarySearch(offsets, 0, count, offset);
    return found < 0 ? NONE : found;
  }
}
