package io.amivet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** {@code amivet stat}: shows all that is known of one file of an image. */
@picocli.CommandLine.Command(
    name = "stat",
    description = "Show inode, times, extended attributes and extents of a file of an image.",
    footerHeading = "%nExamples:%n",
    footer = {"  amivet stat disk.img /etc/shadow"})
final class StatCommand extends TargetCommand {
  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "The file; a symbolic link as last name is shown itself.")
  String path = "";

  StatCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    ImagePath.Located found = new ImagePath(path).inFirstOf(volumes(target, notes), false, notes);
    String sheet = new StatSheet(found.volume(), found.entry(), notes).text();
    streams.out().write(sheet.getBytes(StandardCharsets.UTF_8));
    notes.anomalies(found.volume().index(), found.volume().anomalies());
  }
}
