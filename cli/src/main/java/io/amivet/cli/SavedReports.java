package io.amivet.cli;

import io.amivet.saved.Baseline;
import io.amivet.saved.SavedReport;
import io.amivet.saved.SavedReportException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON reports that the user names. */
final class SavedReports {
  private static final long MAX_BYTES = 512L << 20;

  private SavedReports() {}

  static Optional<Baseline> baseline(@Nullable Path file) throws CommandFailure {
    return file == null ? Optional.empty() : Optional.of(new Baseline(file.toString(), read(file)));
  }

  /**
   * Reads a report.
   *
   * @throws CommandFailure if it is none
   */
  static SavedReport read(Path file) throws CommandFailure {
    try {
      return SavedReport.read(PolicyFile.bytes(file, "report", MAX_BYTES));
    } catch (SavedReportException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot use " + file + ": " + e.getMessage());
    }
  }
}
