package io.amivet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code amivet completion}: what makes a shell complete commands and options. */
@picocli.CommandLine.Command(
    name = "completion",
    description = "Write the completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(amivet completion)                   in ~/.bashrc",
      "  autoload -U +X bashcompinit && bashcompinit   in ~/.zshrc, before the line above"
    })
final class CompletionCommand extends Command {
  private final Supplier<CommandLine> all;

  /**
   * @param all makes the whole tree of commands
   */
  CompletionCommand(StdStreams streams, Supplier<CommandLine> all) {
    super(streams);
    this.all = all;
  }

  @Override
  ExitCode run() throws IOException {
    String script = AutoComplete.bash("amivet", all.get());
    streams.out().write(script.getBytes(StandardCharsets.UTF_8));
    return ExitCode.COMPLETE;
  }
}
