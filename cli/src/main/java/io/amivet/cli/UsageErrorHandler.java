package io.amivet.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line in a few lines: what is wrong, what may be meant, where to look. */
final class UsageErrorHandler implements IParameterExceptionHandler {
  private final PrintStream err;
  private final Defaults defaults;

  UsageErrorHandler(PrintStream err, Defaults defaults) {
    this.err = err;
    this.defaults = defaults;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    err.println("amivet: " + TerminalText.escape(String.valueOf(e.getMessage())));
    defaults
        .origin(e.getArgSpec())
        .ifPresent(origin -> err.println("  the value is that of " + TerminalText.escape(origin)));
    if (e instanceof UnmatchedArgumentException unmatched) {
      for (String suggestion : unmatched.getSuggestions()) {
        err.println("  did you mean " + TerminalText.escape(suggestion) + "?");
      }
    }
    err.println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for usage.");
    return ExitCode.USAGE.value();
  }
}
