package io.amivet.cli;

import io.amivet.finding.Report;
import io.amivet.report.Reporter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Puts reports where the user asked for them. A file is there whole or not at all. */
final class ReportWriter {
  private final StdStreams streams;
  private final Reporters reporters;
  private final boolean showSecrets;
  private final boolean color;

  ReportWriter(StdStreams streams, Reporters reporters, boolean showSecrets, boolean color) {
    this.streams = streams;
    this.reporters = reporters;
    this.showSecrets = showSecrets;
    this.color = color;
  }

  /**
   * Fails before hours of scanning rather than after them.
   *
   * @throws CommandFailure if the file could not be written
   */
  static void checkWritable(@Nullable Path file) throws CommandFailure {
    if (file == null) {
      return;
    }
    Path folder = folderOf(file);
    boolean possible =
        isDeviceOrPipe(file)
            ? Files.isWritable(file)
            : Files.isDirectory(folder) && Files.isWritable(folder) && !Files.isDirectory(file);
    if (!possible) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write a report to " + file);
    }
  }

  /** Such as {@code /dev/null} or the pipe of {@code >(command)}: written to, never replaced. */
  private static boolean isDeviceOrPipe(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  void write(Report report, String format, @Nullable Path file) throws IOException {
    if (file == null) {
      reporters.reporter(format, color).write(report, showSecrets, streams.out());
      streams.out().flush();
      return;
    }
    write(report, reporters.reporter(format, false), file);
  }

  /** Writes a report of a form that no {@code -o} names. */
  void write(Report report, Reporter reporter, Path file) throws IOException {
    try {
      writeFile(report, reporter, file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INCOMPLETE, "cannot write the report " + file + ": " + e);
    }
  }

  private void writeFile(Report report, Reporter reporter, Path file) throws IOException {
    if (isDeviceOrPipe(file)) {
      writeTo(file, report, reporter);
      return;
    }
    String mode = showSecrets ? "rw-------" : "rw-r--r--";
    Path unfinished =
        Files.createTempFile(
            folderOf(file),
            ".amivet-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    try {
      writeTo(unfinished, report, reporter);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void writeTo(Path file, Report report, Reporter reporter) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      reporter.write(report, showSecrets, out);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }
}
