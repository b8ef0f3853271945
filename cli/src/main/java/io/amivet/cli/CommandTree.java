package io.amivet.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The commands, put together by constructors. */
final class CommandTree {
  private final CommandLine root;
  private final FailureHandler failures;
  private final StdStreams streams;

  CommandTree(Wiring wiring, StdStreams streams) {
    this.streams = streams;
    failures = new FailureHandler(streams.err(), streams.cleanup());
    root = new CommandLine(new AmivetCommand());
    root.addSubcommand(new DemoCommand(streams, wiring.demo()));
    root.addSubcommand(new ScanCommand(streams, wiring.scans(), wiring.reporters(), failures));
    root.addSubcommand(new VolumesCommand(streams, wiring.opener()));
    root.addSubcommand(new LsCommand(streams, wiring.opener()));
    root.addSubcommand(new CatCommand(streams, wiring.opener()));
    root.addSubcommand(new StatCommand(streams, wiring.opener()));
    root.addSubcommand(new ExtractCommand(streams, wiring.opener()));
    root.addSubcommand(
        new CommandLine(new RulesCommand())
            .addSubcommand(new RulesCommand.ListRules(streams, wiring.rules()))
            .addSubcommand(new RulesCommand.Explain(streams, wiring.rules()))
            .addSubcommand(new RulesCommand.Check(streams, wiring.rules())));
    configure();
  }

  private void configure() {
    Help.Ansi ansi = Colors.wanted(false, streams.outIsTerminal()) ? Help.Ansi.ON : Help.Ansi.OFF;
    root.setOut(new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8)));
    root.setErr(
        new PrintWriter(new OutputStreamWriter(streams.err(), StandardCharsets.UTF_8), true));
    root.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    root.setUsageHelpWidth(100);
    root.setUsageHelpAutoWidth(false);
    root.setExecutionExceptionHandler(failures);
    root.setParameterExceptionHandler(new UsageErrorHandler(streams.err()));
    setExitCodes(root);
  }

  private static void setExitCodes(CommandLine command) {
    command
        .getCommandSpec()
        .exitCodeOnInvalidInput(ExitCode.USAGE.value())
        .exitCodeOnExecutionException(ExitCode.INTERNAL.value());
    command.getSubcommands().values().forEach(CommandTree::setExitCodes);
  }

  /** Runs one command line and returns the exit code; never throws. */
  int run(String... args) {
    try {
      int code = root.execute(args);
      root.getOut().flush();
      streams.out().flush();
      return code;
    } catch (StdoutClosedException enough) {
      return ExitCode.COMPLETE.value();
    } catch (IOException | RuntimeException | Error e) {
      // picocli hands on errors such as OutOfMemoryError, which are not Exceptions.
      return failures.report(e, false).value();
    }
  }
}
