package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long MIB = 1 << 20;

  @Test
  void saysHowMuchHowFastAndHowLong() {
    ProgressLine.Sample sample = new ProgressLine.Sample(100 * MIB, 1024 * MIB, 1234);
    assertThat(ProgressLine.render(sample, Duration.ofSeconds(10)))
        .isEqualTo("100.0 MiB of 1.0 GiB, 1234 files, 10.0 MiB/s, 1:32 min left");
  }

  @Test
  void staysSilentAboutWhatIsUnknown() {
    assertThat(ProgressLine.render(new ProgressLine.Sample(0, 0, 0), Duration.ZERO))
        .isEqualTo("0 B, 0 files, 0 B/s");
  }

  @Test
  void aTerminalIsLeftCleanAndQuietMeansQuiet() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StdStreams streams =
        new StdStreams(
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            true,
            true,
            new ExitCleanup());
    ProgressLine.start(streams, new Counters().source(), false).close();
    assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
    err.reset();
    ProgressLine.start(streams, new Counters().source(), true).close();
    assertThat(err.size()).isZero();
  }
}
