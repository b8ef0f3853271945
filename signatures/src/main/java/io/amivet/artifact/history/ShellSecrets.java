package io.amivet.artifact.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets in a shell line: options, assignments, URLs, headers, and what is piped into a program.
 */
final class ShellSecrets {
  /** How deep {@code $(…)}, {@code sh -c '…'} and {@code ssh host '…'} are followed. */
  private static final int MAX_DEPTH = 3;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("-?-?(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,79}):?=(?<value>.+)", Pattern.DOTALL);

  private static final Pattern LONG_OPTION = Pattern.compile("--?(?<name>[a-z][a-z0-9-]{2,40})");

  private static final Pattern FORM_FIELD =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(?<name>[A-Za-z_]{2,40})[\"']?\\s{0,2}[=:]\\s{0,2}[\"']?"
              + "(?<value>[^\"'&,\\s}]{1,512})");

  private static final Pattern CURL_FLAGS = Pattern.compile("-[sSkLfivIgG#0-9jJOnqRN]{1,12}u");

  private static final Set<String> SENDERS = Set.of("curl", "wget", "http", "https");

  private static final Set<String> DATA_OPTIONS =
      Set.of("-d", "--data", "--data-raw", "--data-urlencode", "-F", "--form", "--post-data");

  /** Options whose value is the next word. {@code --password} of some asks instead. */
  private static final Set<String> NEXT_WORD_NAMES =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "token",
          "api-key",
          "apikey",
          "client-secret",
          "secret-key",
          "access-token",
          "auth-token",
          "secret-access-key",
          "master-user-password",
          "admin-password",
          "db-password",
          "http-password",
          "ftp-password",
          "proxy-password",
          "registration-token",
          "bearer-token",
          "private-token",
          "root-password",
          "user-password",
          "new-password");

  private static final Pattern ASKS_WITHOUT_VALUE =
      Pattern.compile("(?:mysql|mariadb|pg_|psql|create|drop|vacuum|cluster|reindex|wget).*");

  /** Programs whose arguments hold further commands. */
  private static final Set<String> RUNNERS =
      Set.of(
          "sh",
          "bash",
          "dash",
          "ash",
          "zsh",
          "ksh",
          "su",
          "ssh",
          "eval",
          "watch",
          "script",
          "docker",
          "podman",
          "kubectl",
          "lxc",
          "xargs",
          "parallel",
          "timeout",
          "chroot",
          "runuser");

  private record Pending(String text, int depth) {}

  private final List<CommandSecret> found;
  private final Deque<Pending> pending = new ArrayDeque<>();

  ShellSecrets(List<CommandSecret> found) {
    this.found = found;
  }

  void find(String line) {
    pending.add(new Pending(line, 0));
    while (!pending.isEmpty()) {
      Pending next = pending.remove();
      ShellLexer.Split split = ShellLexer.split(next.text());
      List<ShellCommand> commands = split.commands();
      for (int i = 0; i < commands.size(); i++) {
        ShellCommand command = CommandPrefix.strip(commands.get(i));
        inCommand(command, next.depth());
        if (commands.get(i).piped() || !command.hereString().isEmpty()) {
          PipedSecrets.find(i > 0 ? commands.get(i - 1) : command, commands.get(i), found);
        }
      }
      split.substitutions().forEach(text -> push(text, next.depth() + 1));
    }
  }

  private void push(String text, int depth) {
    if (depth <= MAX_DEPTH) {
      pending.add(new Pending(text, depth));
    }
  }

  private void inCommand(ShellCommand command, int depth) {
    String program = CommandPrefix.program(command.word(0));
    boolean runner = RUNNERS.contains(program);
    List<OptionShape> shapes = shapes(command, program);
    for (int i = 0; i < command.words().size(); i++) {
      String word = command.word(i);
      options(command, i, program, shapes);
      assignment(command, i, program);
      if (runner && i > 0 && word.indexOf(' ') > 0) {
        push(word, depth + 1);
      } else {
        WordSecrets.find(word, found);
      }
      if (SENDERS.contains(program) && DATA_OPTIONS.contains(word)) {
        formFields(command.word(i + 1));
      }
    }
    OperandSecrets.find(command, program, found);
    if (runner) {
      wrapped(command, depth);
    }
  }

  /** The command inside {@code docker exec db mysql -psecret}. */
  private void wrapped(ShellCommand command, int depth) {
    for (int i = 1; i < command.words().size() && depth < MAX_DEPTH; i++) {
      String program = CommandPrefix.program(command.word(i));
      if (ProgramOptions.knows(program) && !RUNNERS.contains(program)) {
        List<OptionShape> shapes = shapes(command, program);
        for (int k = i + 1; k < command.words().size(); k++) {
          options(command, k, program, shapes);
        }
        return;
      }
    }
  }

  /** The options of {@code program} that mean a secret in this command. */
  private static List<OptionShape> shapes(ShellCommand command, String program) {
    return ProgramOptions.of(program).stream()
        .filter(shape -> shape.onlyWith().isEmpty() || command.words().contains(shape.onlyWith()))
        .toList();
  }

  private void options(ShellCommand command, int index, String program, List<OptionShape> shapes) {
    for (OptionShape shape : shapes) {
      shape.at(command, index, program).ifPresent(found::add);
    }
    if (program.equals("curl") && CURL_FLAGS.matcher(command.word(index)).matches()) {
      OptionShape.next(command.word(index))
          .taking(OptionShape.Part.AFTER_COLON)
          .at(command, index, program)
          .ifPresent(found::add);
    }
  }

  /** {@code NAME=value}, {@code --name=value} and {@code --name value}, of any program. */
  private void assignment(ShellCommand command, int index, String program) {
    String word = command.word(index);
    Matcher assigned = ASSIGNMENT.matcher(word);
    if (assigned.matches()) {
      named(
          word.substring(0, assigned.start("value")),
          assigned.group("name"),
          assigned.group("value"));
      return;
    }
    Matcher option = LONG_OPTION.matcher(word);
    if (option.matches() && NEXT_WORD_NAMES.contains(option.group("name"))) {
      String value = command.word(index + 1);
      if (!ASKS_WITHOUT_VALUE.matcher(program).matches() && !value.startsWith("-")) {
        named(word + " ", option.group("name"), value);
      }
    }
    if (index == 1 && (program.equals("setenv") || program.equals("set"))) {
      setVariable(command, program);
    }
  }

  /** {@code setenv NAME value} of csh, {@code set -gx NAME value} of fish. */
  private void setVariable(ShellCommand command, String program) {
    int name = program.equals("set") && command.word(1).startsWith("-") ? 2 : 1;
    if (command.words().size() == name + 2) {
      named(program + " " + known(command.word(name)), command.word(name), command.word(name + 1));
    }
  }

  private void named(String before, String name, String value) {
    if (SecretNames.isSecret(name, value)) {
      found.add(CommandSecret.of(before, value));
    }
  }

  private static String known(String name) {
    return name.toUpperCase(Locale.ROOT).equals(name) ? name + " " : "";
  }

  private void formFields(String data) {
    if (data.length() > HistoryCommand.MAX_CHARS || data.indexOf(ShellCommand.EXPANSION) == 0) {
      return;
    }
    Matcher field = FORM_FIELD.matcher(data);
    while (field.find()) {
      named(field.group("name") + "=", field.group("name"), field.group("value"));
    }
  }
}
