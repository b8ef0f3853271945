package io.amivet.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the commands once for the JVM's ahead-of-time cache: what is loaded and linked here starts
 * fast later. Started by {@code ./amivet} after a build; its output goes nowhere.
 */
final class TrainingRun {
  private static final String DEMO_REPORT = "/dev/null";
  private static final List<String[]> COMMAND_LINES =
      List.of(
          new String[] {"--help"},
          new String[] {"--version"},
          new String[] {"scan", "--help"},
          new String[] {"ls", "--help"},
          new String[] {"rules", "list"},
          new String[] {"ls", "--unknown"},
          // The whole way of the data: SDK, cache, readers, rules, reports.
          new String[] {"demo", "--quiet", "--report", DEMO_REPORT});

  private TrainingRun() {}

  public static void main(String[] args) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    StdStreams streams =
        new StdStreams(
            nowhere,
            new PrintStream(nowhere, true, StandardCharsets.UTF_8),
            false,
            false,
            new ExitCleanup());
    for (String[] commandLine : COMMAND_LINES) {
      new CommandTree(Main.wiring(streams), streams).run(commandLine);
    }
  }
}
