package io.amivet.testdata.aws;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong, switched on and off while the endpoint runs. Counted faults hit that many
 * requests, whoever makes them, and then stop. Thread-safe.
 */
public final class Faults {
  private final AtomicInteger serverErrors = new AtomicInteger();
  private final AtomicInteger throttledBlocks = new AtomicInteger();
  private final AtomicInteger wrongChecksums = new AtomicInteger();
  private final AtomicInteger truncatedBodies = new AtomicInteger();
  private final AtomicInteger stalledBodies = new AtomicInteger();
  private final Set<Integer> missingBlocks = ConcurrentHashMap.newKeySet();
  private final Set<String> deniedOperations = ConcurrentHashMap.newKeySet();
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration blockTokenLife = Duration.ofDays(7);
  private volatile Duration pageTokenLife = Duration.ofMinutes(60);
  private final AtomicInteger tokenGeneration = new AtomicInteger();
  private volatile FaultScript script = FaultScript.NONE;
  private volatile int copyPolls;
  private volatile boolean copiesFail;
  private volatile boolean listsInUploadOrder;
  private volatile boolean pagesMayBeEmpty;
  private volatile int answeredBlockSize = EbsResponder.BLOCK_BYTES;
  private volatile boolean unknownSnapshotIsServerError;
  private volatile RateLimit rateLimit = RateLimit.NONE;

  /** Time that passes before each answer. */
  public Faults latency(Duration time) {
    latency = time;
    return this;
  }

  /** Block requests a second above which the snapshot throttles; 0 lifts the limit. */
  public Faults throttleAbove(int requestsPerSecond) {
    rateLimit = requestsPerSecond == 0 ? RateLimit.NONE : new RateLimit(requestsPerSecond);
    return this;
  }

  /** The next {@code times} block requests are throttled, however slowly they come. */
  public Faults throttledBlocks(int times) {
    throttledBlocks.set(times);
    return this;
  }

  /** The next {@code times} requests to the EBS direct APIs end with HTTP 500. */
  public Faults serverErrors(int times) {
    serverErrors.set(times);
    return this;
  }

  /** The next {@code times} blocks come with a checksum that is not theirs. */
  public Faults wrongChecksums(int times) {
    wrongChecksums.set(times);
    return this;
  }

  /** The next {@code times} blocks end after half their bytes. */
  public Faults truncatedBodies(int times) {
    truncatedBodies.set(times);
    return this;
  }

  /** The next {@code times} blocks stop after half their bytes and keep the connection open. */
  public Faults stalledBodies(int times) {
    stalledBodies.set(times);
    return this;
  }

  /** Listed, but not to be had. */
  public Faults missingBlock(int index) {
    missingBlocks.add(index);
    return this;
  }

  /** Answers the operation, {@code GetSnapshotBlock}, with an access-denied error. */
  public Faults deny(String operation) {
    deniedOperations.add(operation);
    return this;
  }

  /** Calls that go wrong by plan, beside what the other settings say. */
  public Faults play(FaultScript plan) {
    script = plan;
    return this;
  }

  /** How often EC2 says that a copy is on its way before it says that it is there. */
  public Faults copyPolls(int times) {
    copyPolls = times;
    return this;
  }

  /** Copies end in the state {@code error}. */
  public Faults copiesFail() {
    copiesFail = true;
    return this;
  }

  /** How long the token for the next page of a listing is good for. */
  public Faults pageTokenLife(Duration life) {
    pageTokenLife = life;
    return this;
  }

  /** How long a block token is good for. */
  public Faults blockTokenLife(Duration life) {
    blockTokenLife = life;
    return this;
  }

  /** Makes every block token handed out so far invalid. */
  public Faults expireTokens() {
    tokenGeneration.incrementAndGet();
    return this;
  }

  /** Lists blocks in no ascending order and some of them twice, as other stand-ins do. */
  public Faults listInUploadOrder() {
    listsInUploadOrder = true;
    return this;
  }

  /** Puts an empty page with a token before each page. The API allows that. */
  public Faults emptyPages() {
    pagesMayBeEmpty = true;
    return this;
  }

  /** The {@code BlockSize} that listings claim; moto says 512. */
  public Faults answeredBlockSize(int bytes) {
    answeredBlockSize = bytes;
    return this;
  }

  /** Answers HTTP 500 for a snapshot that does not exist, as moto does. */
  public Faults unknownSnapshotIsServerError() {
    unknownSnapshotIsServerError = true;
    return this;
  }

  FaultScript script() {
    return script;
  }

  int copyPolls() {
    return copyPolls;
  }

  boolean doCopiesFail() {
    return copiesFail;
  }

  Duration pageTokenLife() {
    return pageTokenLife;
  }

  Duration latency() {
    return latency;
  }

  Duration blockTokenLife() {
    return blockTokenLife;
  }

  int tokenGeneration() {
    return tokenGeneration.get();
  }

  boolean listsInUploadOrder() {
    return listsInUploadOrder;
  }

  boolean pagesMayBeEmpty() {
    return pagesMayBeEmpty;
  }

  int answeredBlockSize() {
    return answeredBlockSize;
  }

  boolean isUnknownSnapshotServerError() {
    return unknownSnapshotIsServerError;
  }

  boolean isDenied(String operation) {
    return deniedOperations.contains(operation);
  }

  boolean isMissing(int index) {
    return missingBlocks.contains(index);
  }

  boolean takeServerError() {
    return take(serverErrors);
  }

  boolean takeWrongChecksum() {
    return take(wrongChecksums);
  }

  boolean takeTruncatedBody() {
    return take(truncatedBodies);
  }

  boolean takeStalledBody() {
    return take(stalledBodies);
  }

  boolean isThrottled() {
    return take(throttledBlocks) || !rateLimit.tryAcquire();
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }
}
