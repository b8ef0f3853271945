package io.amivet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet man}: the manual pages. */
@picocli.CommandLine.Command(
    name = "man",
    description = "Write the manual page of a command, or all pages into a folder.",
    footerHeading = "%nExamples:%n",
    footer = {"  amivet man scan | man -l -", "  amivet man -C /usr/local/share/man/man1"})
final class ManCommand extends Command {
  private final Supplier<CommandLine> all;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Such as scan, or rules list; none for amivet itself.")
  List<String> command = new ArrayList<>();

  @Option(
      names = {"-C", "--directory"},
      paramLabel = "DIR",
      description = "Write all pages there, as amivet-scan.1 and so on; what is there is replaced.")
  @Nullable Path directory;

  /**
   * @param all makes the whole tree of commands
   */
  ManCommand(StdStreams streams, Supplier<CommandLine> all) {
    super(streams);
    this.all = all;
  }

  @Override
  ExitCode run() throws IOException {
    Path folder = directory;
    if (folder != null) {
      writeAll(folder);
      return ExitCode.COMPLETE;
    }
    CommandLine named = all.get();
    for (String name : command) {
      CommandLine next = named.getSubcommands().get(name);
      if (next == null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "there is no command " + String.join(" ", command) + "; 'amivet --help' shows all");
      }
      named = next;
    }
    streams.out().write(ManPage.of(named).getBytes(StandardCharsets.UTF_8));
    return ExitCode.COMPLETE;
  }

  private void writeAll(Path folder) throws CommandFailure {
    Deque<CommandLine> left = new ArrayDeque<>(List.of(all.get()));
    try {
      while (!left.isEmpty()) {
        CommandLine one = left.pop();
        left.addAll(one.getSubcommands().values());
        Files.writeString(folder.resolve(ManPage.fileName(one)), ManPage.of(one));
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write the pages into " + folder + ": " + e);
    }
  }
}
