package io.amivet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet extract}: copies files out of an image. */
@picocli.CommandLine.Command(
    name = "extract",
    description = {
      "Copy files and folders out of an image, keeping their path below DIR.",
      "Nothing that exists is overwritten, and nothing is written outside DIR."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  amivet extract disk.img /etc /root -C evidence"})
final class ExtractCommand extends TargetCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "What to copy; folders with all below them.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-C", "--directory"},
      required = true,
      paramLabel = "DIR",
      description = "The folder that receives the files.")
  Path directory = Path.of("");

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "64G",
      converter = SizeConverter.class,
      description = "Stop after this much (default: ${DEFAULT-VALUE}).")
  long maxSizeBytes;

  ExtractCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    List<OpenVolume> volumes = volumes(target, notes);
    List<ImagePath.Located> found = new ArrayList<>();
    for (String path : paths) {
      found.add(new ImagePath(path).inFirstOf(volumes, false, notes));
    }
    TargetFolder folder = openFolder();
    Counters counters = new Counters();
    Map<Integer, Extraction> byVolume = new LinkedHashMap<>();
    ByteBudget budget = new ByteBudget(maxSizeBytes);
    try (ProgressLine _ = progress(counters)) {
      for (ImagePath.Located each : found) {
        byVolume
            .computeIfAbsent(
                each.volume().index(),
                _ -> new Extraction(each.volume(), folder, budget, notes, counters))
            .copy(each.entry());
      }
      for (Extraction extraction : byVolume.values()) {
        extraction.finish();
      }
    }
    for (ImagePath.Located each : found) {
      notes.anomalies(each.volume().index(), each.volume().anomalies());
    }
  }

  private TargetFolder openFolder() throws CommandFailure {
    try {
      return new TargetFolder(directory);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot use the folder " + directory + ": " + e);
    }
  }
}
