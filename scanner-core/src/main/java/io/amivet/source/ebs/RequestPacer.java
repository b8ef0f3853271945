package io.amivet.source.ebs;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket whose rate follows what the service bears.
 *
 * <p>Throttling cuts the rate by {@value #CUT}, again every quarter of a second while it lasts. The
 * rate that was refused is remembered: the pacer returns within seconds to just below it and feels
 * its way up from there slowly, as CUBIC does for TCP. Halving and climbing in even steps from
 * there, as plain TCP does, left a quarter of the quota unused.
 */
final class RequestPacer {
  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Requests already under way are throttled together and count as one signal. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final double BURST_SECONDS = 0.05;
  private static final long MOST_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final double MIN_PER_SECOND = 1;
  private static final double CUT = 0.8;

  /** The share of the refused rate that is taken for granted again. */
  private static final double BEARABLE_SHARE = 0.97;

  /** How the way back there shrinks: to a third of it each second. */
  private static final double RETURN_SECONDS = 1;

  /** Beyond it, this share of the ceiling is added each second. */
  private static final double PROBE_SHARE = 0.01;

  private final double maxPerSecond;
  private double perSecond;
  private double refusedPerSecond;
  private long nextNanos;
  private long lastCutNanos;
  private long lastRaiseNanos;

  RequestPacer(double maxPerSecond) {
    this(maxPerSecond, System.nanoTime());
  }

  RequestPacer(double maxPerSecond, long nowNanos) {
    this.maxPerSecond = maxPerSecond;
    this.perSecond = maxPerSecond;
    this.refusedPerSecond = maxPerSecond;
    this.nextNanos = nowNanos;
    this.lastRaiseNanos = nowNanos;
    this.lastCutNanos = nowNanos - QUIET_NANOS;
  }

  /** Waits for the caller's turn. */
  void acquire() throws InterruptedException {
    long waitNanos = reserve(System.nanoTime());
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
    }
  }

  /**
   * Waits for the caller's turn, but not behind those who reserved theirs ahead: all later turns
   * move back by one. As many of these as come within a fifth of a second go at once.
   */
  void acquireUrgently() throws InterruptedException {
    long waitNanos = reserve(System.nanoTime());
    if (waitNanos > MOST_AHEAD_NANOS) {
      TimeUnit.NANOSECONDS.sleep(waitNanos - MOST_AHEAD_NANOS);
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
    double seconds = (nowNanos - lastRaiseNanos) / SECOND_NANOS;
    if (seconds <= 0 || perSecond >= maxPerSecond) {
      lastRaiseNanos = Math.max(lastRaiseNanos, nowNanos);
      return;
    }
    double bearable = BEARABLE_SHARE * refusedPerSecond;
    if (perSecond < bearable) {
      perSecond += (bearable - perSecond) * -Math.expm1(-seconds / RETURN_SECONDS);
    }
    perSecond = Math.min(maxPerSecond, perSecond + seconds * PROBE_SHARE * maxPerSecond);
    refusedPerSecond = Math.max(refusedPerSecond, perSecond);
    lastRaiseNanos = nowNanos;
  }

  /** The service refused a request for coming too soon. */
  synchronized void throttled(long nowNanos) {
    if (nowNanos - lastCutNanos >= QUIET_NANOS) {
      raise(nowNanos);
      refusedPerSecond = perSecond;
      perSecond = Math.max(Math.min(MIN_PER_SECOND, maxPerSecond), perSecond * CUT);
      lastCutNanos = nowNanos;
    }
  }

  synchronized double perSecond() {
    return perSecond;
  }
}
