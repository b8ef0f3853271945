package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyLogTest {
  private final AnomalyLog log = new AnomalyLog();

  @Test
  void keepsTheFirstOfEachCodeAndCountsTheRest() {
    for (int i = 0; i < 1_000_000; i++) {
      log.add(new Anomaly("a", "number " + i, i));
    }
    log.add(new Anomaly("b", "once", 7));

    List<Anomaly> kept = log.toList();

    assertThat(kept).hasSize(AnomalyLog.KEPT_PER_CODE + 2);
    assertThat(kept.getFirst()).isEqualTo(new Anomaly("a", "number 0", 0));
    assertThat(kept.get(AnomalyLog.KEPT_PER_CODE))
        .isEqualTo(new Anomaly("a", "999950 more of the same kind", -1));
    assertThat(kept.getLast()).isEqualTo(new Anomaly("b", "once", 7));
    assertThat(log.count("a")).isEqualTo(1_000_000);
  }

  @Test
  void boundsTheNumberOfCodes() {
    for (int i = 0; i < 10_000; i++) {
      log.add(new Anomaly("code" + i, "", -1));
    }
    assertThat(log.toList()).hasSize(AnomalyLog.MAX_CODES);
    assertThat(log.count("code9999")).isZero();
  }

  @Test
  void isEmptyUntilSomethingHappens() {
    assertThat(log.isEmpty()).isTrue();
    assertThat(log.count("a")).isZero();
    log.add(new Anomaly("a", "", -1));
    assertThat(log.isEmpty()).isFalse();
  }
}
