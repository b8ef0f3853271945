package io.amivet.source.ebs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to insist: exponential back-off with full jitter, bounded in tries and in time.
 *
 * @param maxAttempts tries of one request
 * @param base upper bound of the first pause; doubles with each try
 * @param cap upper bound of any pause
 * @param total no try starts later than this after the first
 * @param attemptTimeout of one HTTP exchange, body included
 */
record RetryPolicy(
    int maxAttempts, Duration base, Duration cap, Duration total, Duration attemptTimeout) {
  static final RetryPolicy DEFAULT =
      new RetryPolicy(
          8,
          Duration.ofMillis(200),
          Duration.ofSeconds(15),
          Duration.ofSeconds(120),
          Duration.ofSeconds(20));

  /** An endpoint that nobody listens at rarely comes back within a few more tries. */
  static final int MAX_ATTEMPTS_UNREACHABLE = 3;

  /** The pause after try number {@code attempt}, counted from 1. */
  long pauseMillis(int attempt) {
    long ceiling = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempt - 1, 20));
    return ThreadLocalRandom.current().nextLong(ceiling + 1);
  }
}
