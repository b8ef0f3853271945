package io.amivet.match;

import java.util.Arrays;

/**
 * Ranges of offsets where a match of a rule may begin, waiting until enough of the file is there to
 * try them. Ranges of one rule that touch are joined. For one thread.
 */
final class CandidateQueue {
  /** Ranges are joined up to this length. */
  static final int MAX_RANGE_BYTES = 1024;

  private static final int NONE = -1;

  /** Told of each range that can be tried. */
  interface Sink {

    /** Both offsets are in the file; matches may begin at either or between. */
    void tryRange(int rule, long firstStart, long lastStart);
  }

  private final int[] newestOfRule;
  private long[] firsts = new long[64];
  private long[] lasts = new long[64];
  private int[] rules = new int[64];
  private int count;

  CandidateQueue(int rules) {
    this.newestOfRule = new int[rules];
    Arrays.fill(newestOfRule, NONE);
  }

  /** Adds a range; those of one rule come in order of their ends, or nearly so. */
  void add(int rule, long firstStart, long lastStart) {
    int newest = newestOfRule[rule];
    if (newest != NONE && joins(newest, firstStart, lastStart)) {
      firsts[newest] = Math.min(firsts[newest], firstStart);
      lasts[newest] = Math.max(lasts[newest], lastStart);
      return;
    }
    if (count == rules.length) {
      firsts = Arrays.copyOf(firsts, 2 * count);
      lasts = Arrays.copyOf(lasts, 2 * count);
      rules = Arrays.copyOf(rules, 2 * count);
    }
    firsts[count] = firstStart;
    lasts[count] = lastStart;
    rules[count] = rule;
    newestOfRule[rule] = count++;
  }

  private boolean joins(int newest, long firstStart, long lastStart) {
    boolean outOfOrder = lastStart <= lasts[newest] || firstStart < firsts[newest];
    return outOfOrder
        || (firstStart <= lasts[newest] + 1
            && lastStart - Math.min(firstStart, firsts[newest]) < MAX_RANGE_BYTES);
  }

  /** Hands over the ranges that end at or before {@code limit}, each rule's in order. */
  void drain(long limit, Sink sink) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int rule = rules[i];
      if (lasts[i] <= limit) {
        if (newestOfRule[rule] == i) {
          newestOfRule[rule] = NONE;
        }
        sink.tryRange(rule, firsts[i], lasts[i]);
      } else {
        firsts[kept] = firsts[i];
        lasts[kept] = lasts[i];
        rules[kept] = rule;
        if (newestOfRule[rule] == i) {
          newestOfRule[rule] = kept;
        }
        kept++;
      }
    }
    count = kept;
  }

  /** The first offset of all ranges, or {@code none} if there are no ranges. */
  long earliest(long none) {
    long earliest = none;
    for (int i = 0; i < count; i++) {
      earliest = Math.min(earliest, firsts[i]);
    }
    return earliest;
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      newestOfRule[rules[i]] = NONE;
    }
    count = 0;
  }
}
