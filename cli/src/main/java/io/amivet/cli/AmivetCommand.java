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
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  all was read, and nothing is wrong        3  the target could not be had",
      "  1  findings at or above the threshold        4  not everything was read",
      "  2  wrong usage or configuration              5  a bug of amivet",
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
