package io.amivet.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A half-open span of time {@code [from, to)}, open at an end that is null. */
record TimeSpan(@Nullable Instant from, @Nullable Instant to) {

  boolean holds(@Nullable Instant time) {
    return time != null
        && (from == null || !time.isBefore(from))
        && (to == null || time.isBefore(to));
  }
}
