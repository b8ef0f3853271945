package io.amivet.cli;

import io.amivet.report.Reporter;
import io.amivet.rule.RulePack;
import java.nio.file.Path;
import java.util.List;

/** The process: streams, wiring, exit code. The only caller of {@code System.exit}. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    ExitCleanup cleanup = new ExitCleanup();
    cleanup.install();
    StdStreams streams = StdStreams.ofProcess(cleanup);
    System.exit(new CommandTree(wiring(), streams).run(args));
  }

  /** Who works for the commands. Nothing is constructed before a command asks for it. */
  static Wiring wiring() {
    return new Wiring(
        (target, _) -> {
          throw absent("opening " + target);
        },
        request -> {
          throw absent("scanning " + request.target());
        },
        new AbsentReporters(),
        new AbsentRules(),
        (_, _, _) -> {
          throw absent("the demo");
        });
  }

  private static CommandFailure absent(String what) {
    return new CommandFailure(ExitCode.INTERNAL, what + " is not wired");
  }

  private static final class AbsentReporters implements Reporters {
    @Override
    public List<String> formats() {
      return List.of("table");
    }

    @Override
    public Reporter reporter(String format, boolean color) {
      throw new IllegalStateException("no reporters are wired");
    }
  }

  private static final class AbsentRules implements RuleSource {
    @Override
    public RulePack load(List<Path> paths) throws CommandFailure {
      throw absent("loading rules");
    }

    @Override
    public Check check(Path file) throws CommandFailure {
      throw absent("checking rules");
    }
  }
}
