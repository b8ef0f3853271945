package io.amivet.cli;

import io.amivet.ami.change.AwsAmiAccount;
import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/**
 * The commands, put together by constructors. picocli's model of a command costs more than most
 * commands do, so only the one that the command line names is made; help and mistakes see all.
 */
final class CommandTree {
  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
  private final CommandLine root;
  private final FailureHandler failures;
  private final StdStreams streams;
  private final Defaults defaults;
  private final Supplier<CommandLine> others;

  /** Without configuration: only the command line counts. */
  CommandTree(Wiring wiring, StdStreams streams) {
    this(wiring, streams, Defaults.none());
  }

  /**
   * @param defaults values of options that the command line leaves out
   */
  CommandTree(Wiring wiring, StdStreams streams, Defaults defaults) {
    this.streams = streams;
    this.defaults = defaults;
    this.others = () -> new CommandTree(wiring, streams).whole();
    failures = new FailureHandler(streams.err(), streams.cleanup());
    root = new CommandLine(new AmivetCommand());
    add("demo", () -> new DemoCommand(streams, wiring.demo()));
    add("scan", () -> new ScanCommand(streams, wiring.scans(), wiring.reporters(), failures));
    add("verify", () -> new VerifyCommand(streams, wiring.scans(), wiring.rules()));
    add("volumes", () -> new VolumesCommand(streams, wiring.opener()));
    add("ls", () -> new LsCommand(streams, wiring.opener()));
    add("cat", () -> new CatCommand(streams, wiring.opener()));
    add("stat", () -> new StatCommand(streams, wiring.opener()));
    add("extract", () -> new ExtractCommand(streams, wiring.opener()));
    add("timeline", () -> new TimelineCommand(streams, wiring.opener()));
    commands.put("rules", () -> rules(wiring));
    commands.put(
        "policy",
        () ->
            new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCommand.Generate(streams)));
    commands.put("ami", this::ami);
    add("explain", () -> new RulesCommand.Explain(streams, wiring.rules()));
    add("completion", () -> new CompletionCommand(streams, others));
    add("man", () -> new ManCommand(streams, others));
  }

  private void add(String name, Supplier<Command> command) {
    commands.put(name, () -> new CommandLine(command.get()));
  }

  private CommandLine rules(Wiring wiring) {
    return new CommandLine(new RulesCommand())
        .addSubcommand(new RulesCommand.ListRules(streams, wiring.rules()))
        .addSubcommand(new RulesCommand.Explain(streams, wiring.rules()))
        .addSubcommand(new RulesCommand.Check(streams, wiring.rules()))
        .addSubcommand(new RulesCommand.Import(streams, wiring.rules()));
  }

  private CommandLine ami() {
    return new CommandLine(new AmiCommand())
        .addSubcommand(new AmiFixCommand(streams, AwsAmiAccount::connect))
        .addSubcommand(new AmiPromoteCommand(streams, AwsAmiAccount::connect));
  }

  private void make(String[] args) {
    Supplier<CommandLine> named = args.length == 0 ? null : commands.get(args[0]);
    if (named != null) {
      root.addSubcommand(named.get());
    } else {
      commands.values().forEach(command -> root.addSubcommand(command.get()));
    }
    configure();
  }

  /** All commands at once. */
  CommandLine whole() {
    make(new String[0]);
    return root;
  }

  /** What {@code amivet --help} says, word for word; {@link Main} prints it from a resource. */
  String help() {
    make(new String[0]);
    return root.getUsageMessage(Help.Ansi.OFF);
  }

  private void configure() {
    Help.Ansi ansi = Colors.wanted(false, streams.outIsTerminal()) ? Help.Ansi.ON : Help.Ansi.OFF;
    root.setOut(new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8)));
    root.setErr(
        new PrintWriter(new OutputStreamWriter(streams.err(), StandardCharsets.UTF_8), true));
    root.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    root.setUsageHelpWidth(100);
    root.setUsageHelpAutoWidth(false);
    root.setExecutionExceptionHandler(failures);
    root.setParameterExceptionHandler(new UsageErrorHandler(streams.err(), defaults));
    setExitCodes(root);
  }

  /** Reads the configuration, where there is a command that it may concern. */
  private void configure(String[] args) throws CommandFailure, RuleSyntaxException {
    CommandLine named = args.length == 0 ? null : root.getSubcommands().get(args[0]);
    List<String> words = List.of(args);
    // Help must come, whatever is wrong with the configuration.
    boolean help = words.contains("--help") || words.contains("-h");
    if (named != null && !help) {
      defaults.load(args[0], named, others);
      root.setDefaultValueProvider(defaults);
    }
  }

  private static void setExitCodes(CommandLine command) {
    command
        .getCommandSpec()
        .exitCodeOnInvalidInput(ExitCode.USAGE.value())
        .exitCodeOnExecutionException(ExitCode.INTERNAL.value());
    command.getSubcommands().values().forEach(CommandTree::setExitCodes);
  }

  /** Runs one command line and returns the exit code; never throws. */
  int run(String... args) {
    try {
      make(args);
      configure(args);
      int code = root.execute(args);
      root.getOut().flush();
      streams.out().flush();
      return code;
    } catch (StdoutClosedException enough) {
      return ExitCode.COMPLETE.value();
    } catch (IOException | RuleSyntaxException | RuntimeException | Error e) {
      // picocli hands on errors such as OutOfMemoryError, which are not Exceptions.
      return failures.report(e, false).value();
    }
  }
}
