package io.amivet.source.ebs;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket whose rate follows what the service bears: halved when it throttles, raised again
 * by a twentieth of the maximum for each second without (additive increase, multiplicative
 * decrease, as TCP does).
 */
final class RequestPacer {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Requests already under way are throttled together and count as one signal. */
  private static final long QUIET_NANOS = SECOND_NANOS / 4;

  private static final double BURST_SECONDS = 0.1;
  private static final double MIN_PER_SECOND = 1;
  private static final double RAISE_SHARE = 0.05;

  private final double maxPerSecond;
  private double perSecond;
  private long nextNanos;
  private long lastCutNanos;
  private long lastRaiseNanos;

  RequestPacer(double maxPerSecond) {
    this.maxPerSecond = maxPerSecond;
    this.perSecond = maxPerSecond;
    long now = System.nanoTime();
    this.nextNanos = now;
    this.lastRaiseNanos = now;
    this.lastCutNanos = now - QUIET_NANOS;
  }

  /** Waits for the caller's turn. */
  void acquire() throws InterruptedException {
    long waitNanos = reserve(System.nanoTime());
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
    }
  }

  /** Takes the next turn and answers how far in the future it is. */
  synchronized long reserve(long nowNanos) {
    raise(nowNanos);
    long intervalNanos = (long) (SECOND_NANOS / perSecond);
    long burstNanos = (long) (BURST_SECONDS * SECOND_NANOS);
    if (nextNanos - nowNanos < -burstNanos) {
      nextNanos = nowNanos - burstNanos;
    }
    long turn = nextNanos;
    nextNanos += intervalNanos;
    return turn - nowNanos;
  }

  private void raise(long nowNanos) {
    long seconds = (nowNanos - lastRaiseNanos) / SECOND_NANOS;
    if (seconds > 0) {
      perSecond = Math.min(maxPerSecond, perSecond + seconds * RAISE_SHARE * maxPerSecond);
      lastRaiseNanos += seconds * SECOND_NANOS;
    }
  }

  synchronized void throttled(long nowNanos) {
    if (nowNanos - lastCutNanos >= QUIET_NANOS) {
      perSecond = Math.max(Math.min(MIN_PER_SECOND, maxPerSecond), perSecond / 2);
      lastCutNanos = nowNanos;
      lastRaiseNanos = nowNanos;
    }
  }

  synchronized double perSecond() {
    return perSecond;
  }
}
