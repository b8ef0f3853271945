package io.amivet.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewlinesTest {
  @Test
  void countsWhatALoopCounts() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[random.nextInt(10_000)];
      random.nextBytes(bytes);
      int density = 1 + random.nextInt(6);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(density) == 0 ? (byte) '\n' : bytes[i];
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = 0;
      for (int i = from; i < to; i++) {
        expected += bytes[i] == '\n' ? 1 : 0;
      }
      assertThat(Newlines.count(MemorySegment.ofArray(bytes), from, to)).isEqualTo(expected);
    }
  }
}
