package io.amivet.source.ebs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ebs.EbsClient;

/**
 * Makes requests to the EBS direct APIs: no more at once than there are connections, no faster than
 * the pacer allows, and again when it is worth it.
 *
 * <p>The SDK's own retries are off. Measured against a throttling endpoint they gave up on 4–7 % of
 * the blocks, and they repeat neither a body that was cut off nor one with a wrong checksum.
 */
final class EbsCalls {
  /** After so many requests in a row that exhausted their tries, the next ones get one each. */
  private static final int HOPELESS = 8;

  private static final double SLACK = 1.5;
  private static final int MIN_UNDER_WAY = 16;

  private final EbsClient client;
  private final RetryPolicy policy;
  private final Semaphore permits;
  private final RequestPacer pacer;
  private final AtomicInteger exhaustedInARow = new AtomicInteger();
  private final int concurrency;
  private final AtomicLong leastNanos = new AtomicLong(Long.MAX_VALUE);

  EbsCalls(EbsClient client, RetryPolicy policy, int concurrency, double maxRequestsPerSecond) {
    this.client = client;
    this.concurrency = concurrency;
    this.policy = policy;
    this.permits = new Semaphore(concurrency, true);
    this.pacer = new RequestPacer(maxRequestsPerSecond);
  }

  /** One try of one request. */
  interface Attempt<T> {
    /** Runs it; an answer that is damaged, and so worth another try, is a BadBlockException. */
    T run(EbsClient client) throws BadBlockException;
  }

  /** An answer whose bytes are not what its headers promise. */
  static final class BadBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    BadBlockException(String message) {
      super(message);
    }
  }

  /** A service error that another try cannot mend, or the last of too many. */
  static final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    final int attempts;
    final Exception last;

    CallFailure(Exception last, int attempts) {
      super(last);
      this.attempts = attempts;
      this.last = last;
    }
  }

  /** Waits for a turn, to be used by {@link #callInTurn}. */
  void awaitTurn() throws InterruptedIOException {
    try {
      pacer.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  <T> T call(Attempt<T> attempt, LongAdder requests, LongAdder retries)
      throws CallFailure, InterruptedIOException {
    return call(attempt, requests, retries, false);
  }

  /** Like {@link #call}; the first try has had its turn. */
  <T> T callInTurn(Attempt<T> attempt, LongAdder requests, LongAdder retries)
      throws CallFailure, InterruptedIOException {
    return call(attempt, requests, retries, true);
  }

  private <T> T call(Attempt<T> attempt, LongAdder requests, LongAdder retries, boolean hasTurn)
      throws CallFailure, InterruptedIOException {
    long startNanos = System.nanoTime();
    for (int number = 1; ; number++) {
      Exception failure;
      try {
        T answer = once(attempt, requests, hasTurn && number == 1);
        exhaustedInARow.set(0);
        return answer;
      } catch (SdkException | BadBlockException e) {
        failure = e;
      }
      checkInterrupted(failure);
      if (!AwsFailures.isWorthRetrying(failure)) {
        throw new CallFailure(failure, number);
      }
      if (isEnough(number, failure, startNanos)) {
        exhaustedInARow.incrementAndGet();
        throw new CallFailure(failure, number);
      }
      if (AwsFailures.isThrottling(failure)) {
        pacer.throttled(System.nanoTime());
      }
      pause(number);
      retries.increment();
    }
  }

  private <T> T once(Attempt<T> attempt, LongAdder requests, boolean hasTurn)
      throws BadBlockException, InterruptedIOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      if (!hasTurn) {
        pacer.acquireUrgently();
      }
      requests.increment();
      long startNanos = System.nanoTime();
      T answer = attempt.run(client);
      took(System.nanoTime() - startNanos);
      return answer;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      permits.release();
    }
  }

  /**
   * Most answers tell of connecting, compiling and queueing too; the least is the service's own.
   */
  private void took(long nanos) {
    leastNanos.accumulateAndGet(nanos, Math::min);
  }

  /**
   * How many requests are under way when the service is asked as fast as it bears and answers as
   * fast as it can, and half as many again. Little's law; at most the connections there are.
   */
  int worthUnderWay() {
    double busy = pacer.perSecond() * leastNanos.get() / TimeUnit.SECONDS.toNanos(1);
    return (int)
        Math.clamp(Math.ceil(busy * SLACK), Math.min(MIN_UNDER_WAY, concurrency), concurrency);
  }

  private boolean isEnough(int attempts, Exception failure, long startNanos) {
    int allowed = policy.maxAttempts();
    if (exhaustedInARow.get() >= HOPELESS) {
      allowed = 1;
    } else if (AwsFailures.isUnreachable(failure)) {
      allowed = Math.min(allowed, RetryPolicy.MAX_ATTEMPTS_UNREACHABLE);
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
    return attempts >= allowed || spent.compareTo(policy.total()) >= 0;
  }

  private void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(policy.pauseMillis(attempt));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The SDK wraps an interrupt in exceptions of its own and keeps the flag set. */
  private static void checkInterrupted(Exception failure) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted() || AwsFailures.isAborted(failure)) {
      throw interrupted(failure);
    }
  }

  private static InterruptedIOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException e = new InterruptedIOException("interrupted while fetching");
    e.initCause(cause);
    return e;
  }
}
