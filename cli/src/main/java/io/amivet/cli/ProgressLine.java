package io.amivet.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a job on standard error: one line repainted in place on a terminal, else a plain line
 * now and then. It looks at counters; the job knows nothing of it.
 */
final class ProgressLine implements AutoCloseable {
  private static final Duration REPAINT = Duration.ofMillis(250);
  private static final Duration PLAIN_LINE = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final ExitCleanup.Registration cleanup;
  private final ProgressSource source;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private final @Nullable Thread painter;
  private volatile boolean stopped;

  private ProgressLine(StdStreams streams, ProgressSource source, boolean quiet) {
    this.err = streams.err();
    this.source = source;
    this.terminal = streams.errIsTerminal();
    this.painter =
        quiet ? null : Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
    this.cleanup = streams.cleanup().register(this::stop);
  }

  static ProgressLine start(StdStreams streams, ProgressSource source, boolean quiet) {
    ProgressLine line = new ProgressLine(streams, source, quiet);
    if (line.painter != null) {
      line.painter.start();
    }
    return line;
  }

  /** A line that never shows: for work too short to need one. */
  static ProgressLine silent(StdStreams streams) {
    return start(streams, new Counters().source(), true);
  }

  private void paint() {
    Duration pause = terminal ? REPAINT : PLAIN_LINE;
    while (!stopped) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException closed) {
        return;
      }
      String text = render(sample(), elapsed());
      synchronized (err) {
        if (!stopped) {
          err.print(terminal ? CLEAR + text : "amivet: " + text + System.lineSeparator());
          err.flush();
        }
      }
    }
  }

  /** One look at the counters. */
  record Sample(long bytes, long expectedBytes, long files) {}

  private Sample sample() {
    return new Sample(
        source.bytes().getAsLong(), source.expectedBytes().getAsLong(), source.files().getAsLong());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  static String render(Sample sample, Duration elapsed) {
    double seconds = Math.max(0.001, elapsed.toNanos() / 1e9);
    double bytesPerSecond = sample.bytes() / seconds;
    StringBuilder text = new StringBuilder(size(sample.bytes()));
    if (sample.expectedBytes() > 0) {
      text.append(" of ").append(size(sample.expectedBytes()));
    }
    text.append(", ").append(sample.files()).append(" files, ");
    text.append(size((long) bytesPerSecond)).append("/s");
    long left = sample.expectedBytes() - sample.bytes();
    if (left > 0 && bytesPerSecond > 0) {
      text.append(", ").append(clock((long) (left / bytesPerSecond))).append(" left");
    }
    return text.toString();
  }

  private static String clock(long seconds) {
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }

  /** A size for people, in powers of 1024: {@code 1.5 GiB}. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 5) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGTPE".charAt(unit));
  }

  /** Stops repainting and leaves the line clean. */
  @Override
  public void close() {
    cleanup.close();
    stop();
    if (painter != null) {
      painter.interrupt();
    }
  }

  private void stop() {
    synchronized (err) {
      if (!stopped && painter != null && terminal) {
        err.print(CLEAR);
        err.flush();
      }
      stopped = true;
    }
  }
}
