package io.amivet.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet ls}: lists files of an image. */
@picocli.CommandLine.Command(
    name = "ls",
    description = "List files of an image, on all its volumes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  amivet ls -l disk.img /etc",
      "  amivet ls -R --json --sha256 ami-0123456789abcdef0"
    })
final class LsCommand extends TargetCommand {
  @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Where to start.")
  String path = "/";

  @Option(
      names = {"-R", "--recursive"},
      description = "List everything below PATH, in the order of the disk.")
  boolean recursive;

  @Option(names = "-l", description = "Show type, mode, links, owner, size and time (UTC).")
  boolean longFormat;

  @Option(names = "--json", description = "Write one JSON object a line, with all fields.")
  boolean json;

  @Option(names = "--sha256", description = "Hash the contents of regular files.")
  boolean sha256;

  LsCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    List<OpenVolume> volumes = volumes(target, notes);
    ListingWriter writer =
        json
            ? new JsonListing(streams.out())
            : new PlainListing(streams.out(), longFormat, volumes.size() > 1);
    Counters counters = new Counters();
    // Listing is quick, hashing may take minutes.
    try (ProgressLine _ = sha256 ? progress(counters) : ProgressLine.silent(streams)) {
      new ImageListing(recursive, sha256, writer, notes, counters)
          .list(volumes, new ImagePath(path));
    }
  }
}
