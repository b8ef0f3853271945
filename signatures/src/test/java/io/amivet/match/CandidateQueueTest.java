package io.amivet.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateQueueTest {
  private final CandidateQueue queue = new CandidateQueue(3);

  @Test
  void joinsRangesOfOneRuleThatTouch() {
    queue.add(1, 10, 12);
    queue.add(2, 11, 11);
    queue.add(1, 13, 14);

    assertThat(drained(Long.MAX_VALUE)).containsExactly("1: 10-14", "2: 11-11");
  }

  @Test
  void keepsWhatIsNotYetDue() {
    queue.add(1, 10, 12);
    queue.add(1, 50, 60);

    assertThat(drained(59)).containsExactly("1: 10-12");
    queue.add(1, 61, 62);
    assertThat(queue.earliest(1000)).isEqualTo(50);
    assertThat(drained(62)).containsExactly("1: 50-62");
    assertThat(queue.earliest(1000)).isEqualTo(1000);
  }

  @Test
  void doesNotJoinWithoutEnd() {
    for (int start = 0; start < 3 * CandidateQueue.MAX_RANGE_BYTES; start++) {
      queue.add(0, start, start);
    }

    assertThat(drained(Long.MAX_VALUE))
        .containsExactly("0: 0-1023", "0: 1024-2047", "0: 2048-3071");
  }

  @Test
  void aRangeThatBeginsBeforeTheLastOneJoinsIt() {
    queue.add(0, 2000, 2000);
    queue.add(0, 100, 2500);

    assertThat(drained(Long.MAX_VALUE)).containsExactly("0: 100-2500");
  }

  private List<String> drained(long limit) {
    List<String> ranges = new ArrayList<>();
    queue.drain(limit, (rule, first, last) -> ranges.add(rule + ": " + first + "-" + last));
    return ranges;
  }
}
