package io.amivet.cli;

import picocli.CommandLine.Option;

/** {@code amivet ami}: images as EC2 knows them, not their disks. */
@picocli.CommandLine.Command(
    name = "ami",
    synopsisSubcommandLabel = "COMMAND",
    description = "Look after AMIs in an account: what EC2 knows of them, not their disks.")
final class AmiCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean helpRequested;
}
