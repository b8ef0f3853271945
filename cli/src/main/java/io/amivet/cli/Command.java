package io.amivet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands share: the streams, the common options and the exit code. */
abstract class Command implements Callable<Integer> {
  final StdStreams streams;

  @Mixin OutputMixin output = new OutputMixin();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean helpRequested;

  Command(StdStreams streams) {
    this.streams = streams;
  }

  abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    ExitCode code = run();
    streams.out().flush();
    return code.value();
  }

  Notes notes() {
    return new Notes(streams.err(), output.quiet);
  }
}
