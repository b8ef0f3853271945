package io.amivet.cli;

import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Parameters;

/** {@code amivet cat}: writes the contents of a file of an image. */
@picocli.CommandLine.Command(
    name = "cat",
    description = "Write the contents of a file of an image to standard output.")
final class CatCommand extends TargetCommand {
  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "The file; symbolic links are followed inside the image.")
  String path = "";

  CatCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    ImagePath.Located file = new ImagePath(path).inFirstOf(volumes(target, notes), true, notes);
    FileEntry entry = file.entry();
    if (!entry.inode().isRegular()) {
      throw new CommandFailure(
          ExitCode.USAGE, path + " is not a file but a " + entry.inode().type().label());
    }
    if (entry.inode().encrypted()) {
      throw new CommandFailure(ExitCode.INCOMPLETE, "the contents of " + path + " are encrypted");
    }
    FileSystemView fs = file.volume().fs();
    OutputStream out = streams.out();
    new ContentPieces()
        .all(fs, fs.content(entry.inode()), (at, buffer, length) -> out.write(buffer, 0, length));
    notes.anomalies(file.volume().index(), file.volume().anomalies());
  }
}
