package io.amivet.cli;

import io.amivet.fs.Inode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet cat}: writes the contents of files of an image. */
@picocli.CommandLine.Command(
    name = "cat",
    description = "Write the contents of files of an image to standard output.",
    footerHeading = "%nExamples:%n",
    footer = {"  amivet cat disk.img /etc/passwd", "  amivet cat -R disk.img /var/log"})
final class CatCommand extends TargetCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "The files; symbolic links are followed inside the image.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "Write all files below a folder, in the order of the disk.")
  boolean recursive;

  CatCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    List<OpenVolume> volumes = volumes(target, notes);
    List<ImagePath.Located> found = new ArrayList<>();
    for (String path : paths) {
      ImagePath.Located file = new ImagePath(path).inFirstOf(volumes, true, notes);
      check(path, file.entry().inode());
      found.add(file);
    }
    for (ImagePath.Located file : found) {
      new ContentStream(file.volume(), notes, new Counters()).write(file.entry(), streams.out());
    }
    for (OpenVolume volume : volumes) {
      if (found.stream().anyMatch(file -> file.volume().equals(volume))) {
        notes.anomalies(volume.index(), volume.anomalies());
      }
    }
  }

  private void check(String path, Inode inode) throws CommandFailure {
    if (inode.encrypted() && inode.isRegular()) {
      throw new CommandFailure(ExitCode.INCOMPLETE, "the contents of " + path + " are encrypted");
    }
    if (inode.isRegular() || (recursive && inode.isDirectory())) {
      return;
    }
    String hint = inode.isDirectory() ? "; -R writes all files below it" : "";
    throw new CommandFailure(
        ExitCode.USAGE, path + " is not a file but a " + inode.type().label() + hint);
  }
}
