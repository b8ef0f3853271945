package io.amivet.cli;

import picocli.CommandLine.Option;

/** Options that every command has, about what it says beside its result. */
final class OutputMixin {
  @Option(names = "--quiet", description = "No progress and no remarks, only errors.")
  boolean quiet;

  @Option(names = "--debug", description = "Show where an error came from.")
  boolean debug;
}
