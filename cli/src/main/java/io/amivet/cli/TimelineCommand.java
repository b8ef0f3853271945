package io.amivet.cli;

import io.amivet.fs.FileEntry;
import io.amivet.fs.TreeWalk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet timeline}: when the files of an image were made, changed and read. */
@picocli.CommandLine.Command(
    name = "timeline",
    description = "Write the times of all files of an image, for mactime or as JSON lines.",
    footerHeading = "%nExamples:%n",
    footer = {"  amivet timeline disk.img | mactime -b -"})
final class TimelineCommand extends TargetCommand {
  private static final int BATCHES_AHEAD = 8;

  /** What is written. */
  enum Format {
    bodyfile,
    jsonl
  }

  @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Where to start.")
  String path = "/";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "bodyfile",
      description = {
        "bodyfile: one line a file, as mactime of The Sleuth Kit reads it, in the order of the"
            + " disk (default).",
        "jsonl: one JSON object for each file and time, with nanoseconds, sorted by time."
      })
  Format format = Format.bodyfile;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only times from here on, such as 2026-02-03 or 2026-02-03T04:05:06 (UTC).")
  java.time.@Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only times before this.")
  java.time.@Nullable Instant to;

  TimelineCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    List<OpenVolume> volumes = volumes(target, notes);
    ImagePath start = new ImagePath(path);
    TimeSpan span = new TimeSpan(from, to);
    if (format == Format.bodyfile) {
      write(volumes, start, new BodyFile(streams.out(), span, volumes.size() > 1), notes);
      return;
    }
    try (CacheFolder folder =
            CacheFolder.make(options.cache.settings().folder(), streams.cleanup());
        EventLines events = new EventLines(streams.out(), span, folder.path())) {
      write(volumes, start, events, notes);
    }
  }

  private static void write(
      List<OpenVolume> volumes, ImagePath start, TimelineWriter writer, Notes notes)
      throws IOException {
    boolean found = false;
    for (OpenVolume volume : volumes) {
      Optional<ImagePath.Located> located = start.in(volume, false);
      if (located.isPresent()) {
        found = true;
        write(volume, located.get().entry(), writer, notes);
      }
    }
    if (!found) {
      throw start.notFound();
    }
    writer.finish();
  }

  private static void write(OpenVolume volume, FileEntry start, TimelineWriter writer, Notes notes)
      throws IOException {
    LinkTargets targets = new LinkTargets(volume, notes);
    try (ReadAhead<List<FileEntry>> walk =
        new ReadAhead<>(BATCHES_AHEAD, sink -> walk(volume, start, notes, sink))) {
      for (List<FileEntry> some = walk.next(); some != null; some = walk.next()) {
        for (FileEntry entry : some) {
          writer.entry(volume.index(), entry, targets.of(entry));
        }
      }
    }
    notes.anomalies(volume.index(), volume.anomalies());
  }

  private static void walk(
      OpenVolume volume, FileEntry start, Notes notes, ReadAhead.Sink<List<FileEntry>> sink)
      throws IOException {
    if (!start.inode().isDirectory()) {
      sink.put(List.of(start));
    } else if (!TreeWalk.walk(volume.fs(), start, volume.anomalies(), sink::put).complete()) {
      notes.loss("volume " + volume.index() + ": not everything could be listed");
    }
  }
}
