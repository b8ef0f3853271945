package io.amivet.cli;

import picocli.CommandLine.Option;

/** {@code amivet} itself: a list of what it can do. */
@picocli.CommandLine.Command(
    name = "amivet",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Reads the disk of an Amazon Machine Image without launching it, and finds"
            + " what its builder left behind.",
    footer = {
      "",
      "'amivet demo' shows a scan without any account; 'amivet COMMAND --help' says more."
    })
final class AmivetCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean helpRequested;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean versionRequested;
}
