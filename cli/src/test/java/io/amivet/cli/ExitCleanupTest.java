package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCleanupTest {

  @Test
  void runsWhatIsStillRegisteredNewestFirstAndSurvivesFailures() {
    List<String> done = new ArrayList<>();
    ExitCleanup cleanup = new ExitCleanup();
    cleanup.register(() -> done.add("first"));
    cleanup.register(() -> {
      throw new IOException("busy");
    });
    cleanup.register(() -> done.add("finished in order")).close();
    cleanup.register(() -> done.add("last"));
    cleanup.run();
    assertThat(done).containsExactly("last", "first");
    assertThat(cleanup.stopping()).isTrue();
  }
}
