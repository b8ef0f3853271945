package io.amivet.testdata.aws;

/** A token bucket that holds a tenth of a second's worth. */
final class RateLimit {
  static final RateLimit NONE = new RateLimit(Double.POSITIVE_INFINITY);
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private double tokens;
  private long lastNanos = System.nanoTime();

  RateLimit(double perSecond) {
    this.perSecond = perSecond;
    this.tokens = Math.max(1, perSecond / 10);
  }

  synchronized boolean tryAcquire() {
    if (Double.isInfinite(perSecond)) {
      return true;
    }
    long now = System.nanoTime();
    tokens += (now - lastNanos) / NANOS_PER_SECOND * perSecond;
    tokens = Math.min(tokens, Math.max(1, perSecond / 10));
    lastNanos = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
