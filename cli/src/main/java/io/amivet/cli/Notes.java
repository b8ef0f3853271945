package io.amivet.cli;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import java.io.PrintStream;
import java.util.List;

/**
 * Remarks to the user on standard error, one a line, escaped. Bounded, since a hostile image can
 * cause millions. Losses count towards the exit code even when {@code --quiet} hides them.
 * Thread-safe.
 */
final class Notes {
  static final int MAX_PRINTED = 100;

  private final PrintStream err;
  private final boolean quiet;
  private long noted;
  private long lost;

  Notes(PrintStream err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  /** Says something worth knowing. */
  synchronized void info(String message) {
    noted++;
    if (!quiet && noted <= MAX_PRINTED) {
      err.println("amivet: " + TerminalText.escape(message));
    }
  }

  /** Says that something could not be read or written; the command is then incomplete. */
  synchronized void loss(String message) {
    lost++;
    info(message);
  }

  /** Says what was wrong with a volume but survived. */
  void anomalies(int volume, AnomalyLog log) {
    List<Anomaly> anomalies = log.toList();
    for (Anomaly anomaly : anomalies) {
      info("volume " + volume + ": " + anomaly.code() + ": " + anomaly.message());
    }
  }

  /** Ends the remarks: how many were left out. */
  synchronized ExitCode finish() {
    if (!quiet && noted > MAX_PRINTED) {
      err.println("amivet: " + (noted - MAX_PRINTED) + " more messages of this kind");
    }
    return lost == 0 ? ExitCode.COMPLETE : ExitCode.INCOMPLETE;
  }
}
