package io.amivet.artifact;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one scan may spend on trying default passwords, and what it learned: the same hash in {@code
 * shadow} and in three copies of it is tried once. Thread-safe.
 */
public final class PasswordWork {
  /** Estimated milliseconds of one core; see docs/limits.md. */
  private static final long BUDGET_MILLIS = 30_000;

  private static final int MAX_KNOWN = 20_000;

  private final AtomicLong leftMillis = new AtomicLong(BUDGET_MILLIS);
  private final Map<Object, Object> known = new ConcurrentHashMap<>();

  /** Takes so much work out of what is left; false, and nothing taken, if there is not so much. */
  public boolean spend(long millis) {
    while (true) {
      long left = leftMillis.get();
      if (millis > left) {
        return false;
      }
      if (leftMillis.compareAndSet(left, left - millis)) {
        return true;
      }
    }
  }

  /** What was learned of {@code trial}, a value that stands for a hash and all that is tried. */
  public <T> Optional<T> known(Object trial, Class<T> type) {
    return Optional.ofNullable(known.get(trial)).map(type::cast);
  }

  public void learn(Object trial, Object outcome) {
    if (known.size() < MAX_KNOWN) {
      known.put(trial, outcome);
    }
  }
}
