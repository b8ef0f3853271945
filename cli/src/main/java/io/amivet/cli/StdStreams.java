package io.amivet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, messages and progress to {@code err}; and what
 * puts things right if it is stopped.
 *
 * @param out buffered; commands flush it when they end
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 */
record StdStreams(
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    ExitCleanup cleanup) {
  /**
   * The streams of this process. The launcher says which are terminals: Java itself only knows
   * whether input and output both are.
   */
  static StdStreams ofProcess(ExitCleanup cleanup) {
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    return new StdStreams(
        new BufferedStandardOutput(StandardOutput.ofProcess()),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Boolean.getBoolean("amivet.stdoutIsTerminal"),
        Boolean.getBoolean("amivet.stderrIsTerminal"),
        cleanup);
  }
}
