package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RequestPacerTest {
  private static final long SECOND = 1_000_000_000L;

  private final long start = System.nanoTime() + SECOND;
  private final RequestPacer pacer = new RequestPacer(100);

  @Test
  void spacesRequestsAtItsRateAfterAShortBurst() {
    long last = 0;
    for (int i = 0; i <= 100; i++) {
      last = pacer.reserve(start);
    }
    // A hundred intervals of 10 ms, of which a tenth of a second was saved up.
    assertThat(last).isCloseTo(SECOND * 9 / 10, within(SECOND / 50));
  }

  @Test
  void halvesItsRateOncePerBurstOfThrottling() {
    for (int i = 0; i < 50; i++) {
      pacer.throttled(start);
    }
    assertThat(pacer.perSecond()).isEqualTo(50);
    pacer.throttled(start + SECOND / 2);
    assertThat(pacer.perSecond()).isEqualTo(25);
  }

  @Test
  void neverStopsAndRecoversAdditively() {
    for (int i = 0; i < 50; i++) {
      pacer.throttled(start + i * SECOND);
    }
    assertThat(pacer.perSecond()).isEqualTo(1);
    pacer.reserve(start + 59 * SECOND);
    assertThat(pacer.perSecond()).isEqualTo(51);
    pacer.reserve(start + 99 * SECOND);
    assertThat(pacer.perSecond()).isEqualTo(100);
  }
}
