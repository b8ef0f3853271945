package io.amivet.cli;

import io.amivet.rule.RuleErrors;
import io.amivet.rule.RuleLoader;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.rule.YamlNode;
import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that the command line leaves out: from environment variables ({@code
 * AMIVET_FAIL_ON} for {@code --fail-on}), then from a file ({@code docs/configuration.md}).
 */
final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "AMIVET_";
  private static final long MAX_BYTES = 1 << 20;

  /** What must be said each time, on the command line. */
  private static final Set<String> NEVER = Set.of("help", "version", "show-secrets", "apply");

  private final Map<String, String> environment;
  private final Optional<Path> file;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<ArgSpec, Value> given = new HashMap<>();
  private String command = "";

  /** A value and where it stands. */
  private record Value(String text, String origin) {}

  private Defaults(Map<String, String> environment, Optional<Path> file) {
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /** Without any. */
  static Defaults none() {
    return new Defaults(Map.of(), Optional.empty());
  }

  /**
   * Those of a process: the file is {@code AMIVET_CONFIG}, or {@code amivet/config.yaml} in {@code
   * XDG_CONFIG_HOME} or {@code ~/.config}, if there is one.
   */
  static Defaults of(Map<String, String> environment, String home) {
    String named = environment.getOrDefault("AMIVET_CONFIG", "");
    if (!named.isEmpty()) {
      return new Defaults(environment, Optional.of(Path.of(named)));
    }
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = folder.isEmpty() ? Path.of(home, ".config") : Path.of(folder);
    Path usual = config.resolve("amivet").resolve("config.yaml");
    return new Defaults(
        environment, Files.isRegularFile(usual) ? Optional.of(usual) : Optional.empty());
  }

  /**
   * Reads the file for one command.
   *
   * @param name the command that runs, {@code scan}
   * @param all makes all commands, to tell a key of another one from a mistake
   * @throws RuleSyntaxException with all that is wrong with the file
   */
  void load(String name, CommandLine running, Supplier<CommandLine> all)
      throws CommandFailure, RuleSyntaxException {
    command = name;
    if (file.isEmpty()) {
      return;
    }
    String source = file.get().toString();
    RuleErrors errors = new RuleErrors(source);
    byte[] bytes = PolicyFile.bytes(file.get(), "configuration", MAX_BYTES);
    Optional<YamlNode> document = RuleLoader.document(bytes, errors);
    document.ifPresent(node -> read(node, source, running, all, errors));
    if (errors.count() > 0) {
      throw new RuleSyntaxException(errors.all());
    }
  }

  private void read(
      YamlNode document,
      String source,
      CommandLine running,
      Supplier<CommandLine> all,
      RuleErrors errors) {
    if (!(document instanceof Mapping top)) {
      errors.add(document.place(), "expected options and their values");
      return;
    }
    Set<String> own = options(running);
    CommandLine everything = null;
    for (Entry entry : top.entries()) {
      String key = entry.key().text();
      if (own.contains(key) && entry.value() instanceof Scalar) {
        put(key, entry, source, errors);
        continue;
      }
      everything = everything == null ? all.get() : everything;
      CommandLine section = everything.getSubcommands().get(key);
      if (section != null && entry.value() instanceof Mapping options) {
        section(key, options, options(section), source, errors);
      } else if (!(entry.value() instanceof Scalar) || !anyHas(everything, key)) {
        errors.add(entry.key().place(), "there is neither a command nor an option " + key);
      } else {
        refuse(key, entry, errors);
      }
    }
  }

  private void section(
      String name, Mapping options, Set<String> known, String source, RuleErrors errors) {
    for (Entry entry : options.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        errors.add(entry.key().place(), name + " has no option --" + key);
      } else if (name.equals(command)) {
        // Nearer than what stands at the top of the file.
        values.remove(key);
        put(key, entry, source, errors);
      } else {
        refuse(key, entry, errors);
      }
    }
  }

  private void put(String key, Entry entry, String source, RuleErrors errors) {
    if (!(entry.value() instanceof Scalar value)) {
      errors.add(entry.value().place(), key + ": expected one value");
      return;
    }
    if (refuse(key, entry, errors)) {
      return;
    }
    String origin = source + ":" + value.place().line();
    values.put(key, new Value(value.text(), origin));
  }

  private static boolean refuse(String key, Entry entry, RuleErrors errors) {
    if (NEVER.contains(key)) {
      errors.add(entry.key().place(), "--" + key + " is said on the command line or not at all");
      return true;
    }
    return false;
  }

  private static Set<String> options(CommandLine command) {
    return Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
        .flatMap(one -> one.getCommandSpec().options().stream())
        .map(OptionSpec::longestName)
        .map(Defaults::bare)
        .collect(Collectors.toSet());
  }

  private static boolean anyHas(CommandLine everything, String key) {
    return everything.getSubcommands().values().stream()
        .anyMatch(one -> options(one).contains(key));
  }

  private static String bare(String option) {
    return option.startsWith("--") ? option.substring(2) : option;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String key = bare(option.longestName());
    CommandSpec owner = option.command();
    if (NEVER.contains(key) || owner == null || owner.parent() == null) {
      return null;
    }
    String variable = PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    String set = environment.getOrDefault(variable, "");
    Value value = set.isEmpty() ? values.get(key) : new Value(set, variable);
    if (value == null) {
      return null;
    }
    given.put(argument, value);
    return value.text();
  }

  /** Where the value of an option came from, if not from the command line. */
  Optional<String> origin(@Nullable ArgSpec argument) {
    return argument == null
        ? Optional.empty()
        : Optional.ofNullable(given.get(argument)).map(Value::origin);
  }
}
