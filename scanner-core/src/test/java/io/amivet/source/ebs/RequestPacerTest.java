package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RequestPacerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  private final long start = System.nanoTime() + SECOND;
  private final RequestPacer pacer = new RequestPacer(100, start);

  @Test
  void spacesRequestsAtItsRateAfterAShortBurst() {
    long idle = start + 10 * SECOND;
    long last = 0;
    for (int i = 0; i <= 100; i++) {
      last = pacer.reserve(idle);
    }
    // A hundred intervals of 10 ms, of which a twentieth of a second was saved up.
    assertThat(last).isCloseTo(SECOND * 19 / 20, within(SECOND / 50));
  }

  @Test
  void cutsItsRateOncePerBurstOfThrottling() {
    for (int i = 0; i < 50; i++) {
      pacer.throttled(start);
    }
    assertThat(pacer.perSecond()).isCloseTo(80, within(0.1));
    pacer.throttled(start + 250 * MILLISECOND);
    assertThat(pacer.perSecond()).isBetween(64.0, 70.0);
  }

  @Test
  void neverStops() {
    for (int i = 0; i < 400; i++) {
      pacer.throttled(start + i * (250 * MILLISECOND));
    }
    assertThat(pacer.perSecond()).isBetween(1.0, 5.0);
  }

  @Test
  void returnsQuicklyToWhatWasBorneAndSlowlyBeyond() {
    pacer.throttled(start);
    pacer.reserve(start + 3 * SECOND);
    assertThat(pacer.perSecond()).isBetween(94.0, 100.0);
    pacer.reserve(start + 20 * SECOND);
    assertThat(pacer.perSecond()).isEqualTo(100);
  }

  /** Against a service that bears 300 of the 1000 requests a second that are allowed here. */
  @Test
  void usesNineTenthsOfWhatTheServiceBears() {
    RequestPacer eager = new RequestPacer(1000, start);
    double tokens = 300;
    long now = start;
    long served = 0;
    long counted = 0;
    while (now < start + 60 * SECOND) {
      long wait = Math.max(0, eager.reserve(now));
      tokens = Math.min(300, tokens + wait * 300.0 / SECOND);
      now += wait;
      if (tokens >= 1) {
        tokens--;
        served += now > start + 20 * SECOND ? 1 : 0;
      } else {
        eager.throttled(now);
      }
      counted++;
    }
    assertThat(served).isGreaterThan(40 * 270);
    assertThat(counted).isLessThan(60 * 360);
  }
}
