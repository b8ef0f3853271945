package io.amivet.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The target of a command that looks into one image. */
final class TargetOptions {
  @Parameters(
      index = "0",
      paramLabel = "TARGET",
      description = "ami-… or snap-…, or a disk image file, a folder, or - for standard input.")
  String target = "";

  @Option(
      names = "--volume",
      paramLabel = "N",
      description = "Only this volume, as numbered by 'amivet volumes'.")
  @Nullable Integer volume;

  @Mixin DisksMixin disks = new DisksMixin();

  @Mixin AwsMixin aws = new AwsMixin();

  @Mixin CacheMixin cache = new CacheMixin();

  @Mixin JournalMixin journal = new JournalMixin();

  Access access(boolean quiet) throws CommandFailure {
    return new Access(aws.settings(), cache.settings(), journal.mode(), disks.more, quiet);
  }
}
