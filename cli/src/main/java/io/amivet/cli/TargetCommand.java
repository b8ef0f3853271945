package io.amivet.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that looks into one target. */
abstract class TargetCommand extends Command {
  private final TargetOpener opener;

  @Mixin TargetOptions options = new TargetOptions();

  TargetCommand(StdStreams streams, TargetOpener opener) {
    super(streams);
    this.opener = opener;
  }

  @Override
  final ExitCode run() throws IOException {
    Notes notes = notes();
    try (OpenTarget target = opener.open(options.target, options.access(output.quiet))) {
      target.notes().forEach(notes::info);
      run(target, notes);
    } finally {
      streams.out().flush();
    }
    return notes.finish();
  }

  abstract void run(OpenTarget target, Notes notes) throws IOException;

  final List<OpenVolume> volumes(OpenTarget target, Notes notes) throws CommandFailure {
    return VolumeSelection.of(target, options.volume, notes);
  }

  final ProgressLine progress(Counters counters) {
    return ProgressLine.start(streams, counters.source(), output.quiet);
  }
}
