package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCleanupTest {

  @Test
  void stoppingInTheMiddleLeavesTheTerminalClean() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCleanup cleanup = new ExitCleanup();
    StdStreams streams =
        new StdStreams(
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            true,
            true,
            cleanup);
    try (ProgressLine _ = ProgressLine.start(streams, new Counters().source(), false)) {
      cleanup.run();
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K");
  }

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
