package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.rule.RuleSyntaxException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * The one place where a failed command becomes a message and an exit code. An {@link IOException}
 * is a fact about the world and gets one line; anything unchecked is a bug of amivet.
 */
final class FailureHandler implements IExecutionExceptionHandler {
  private final PrintStream err;
  private final ExitCleanup cleanup;

  FailureHandler(PrintStream err, ExitCleanup cleanup) {
    this.err = err;
    this.cleanup = cleanup;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean debug = command.getCommand() instanceof Command own && own.output.debug;
    return report(e, debug).value();
  }

  /** Tells the user, and returns the code for it. */
  ExitCode report(Throwable failure, boolean debug) {
    if (failure instanceof StdoutClosedException) {
      return ExitCode.COMPLETE;
    }
    if (cleanup.stopping()) {
      return ExitCode.ACQUISITION;
    }
    ExitCode code = tell(failure);
    if (debug) {
      trace(failure);
    }
    return code;
  }

  private ExitCode tell(Throwable failure) {
    return switch (failure) {
      case CommandFailure e -> say(e.code(), message(e));
      case RuleSyntaxException e -> {
        e.errors().forEach(error -> say(ExitCode.USAGE, error.toString()));
        yield ExitCode.USAGE;
      }
      case CorruptImageException e -> say(ExitCode.INCOMPLETE, message(e));
      case UnsupportedFeatureException e -> say(ExitCode.INCOMPLETE, message(e));
      case NoSuchFileException e -> say(ExitCode.ACQUISITION, "no such file: " + e.getFile());
      case FileNotFoundException e -> say(ExitCode.ACQUISITION, "no such file: " + message(e));
      case AccessDeniedException e ->
          say(ExitCode.ACQUISITION, "permission denied: " + e.getFile());
      case FileSystemException e -> say(ExitCode.ACQUISITION, message(e));
      case IOException e -> say(ExitCode.ACQUISITION, message(e));
      case OutOfMemoryError _ ->
          say(ExitCode.INTERNAL, "out of memory; AMIVET_HEAP=2g gives it more");
      case InternalError e when isLostPage(e) ->
          say(ExitCode.ACQUISITION, "the image became shorter or unreadable while it was read");
      default -> bug(failure);
    };
  }

  /** How the JVM reports a mapped page that is gone. */
  private static boolean isLostPage(InternalError e) {
    return String.valueOf(e.getMessage()).contains("unsafe memory access");
  }

  /** Class and place only: a message of unknown origin may hold what must not be shown. */
  private ExitCode bug(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "unknown place" : trace[0].toString();
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().startsWith("io.amivet.")) {
        place = frame.toString();
        break;
      }
    }
    say(ExitCode.INTERNAL, "this is a bug of amivet, version " + Version.number());
    say(ExitCode.INTERNAL, failure.getClass().getName() + " at " + place);
    return say(
        ExitCode.INTERNAL,
        "Please report these lines; --debug shows more, but read it before you share it.");
  }

  private ExitCode say(ExitCode code, String message) {
    err.println("amivet: " + TerminalText.escape(message));
    return code;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private void trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    text.toString()
        .lines()
        .forEach(line -> err.println(TerminalText.escape(line.replace("\t", "  "))));
  }
}
