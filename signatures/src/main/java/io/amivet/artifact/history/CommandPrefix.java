package io.amivet.artifact.history;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand before a program's name: assignments, reserved words, sudo and its like. */
final class CommandPrefix {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);

  private static final Set<String> WORDS =
      Set.of(
          "sudo", "doas", "env", "nohup", "time", "exec", "command", "nice", "ionice", "stdbuf",
          "setsid", "builtin", "then", "do", "else", "if", "while", "until", "!", "{");

  /** Options of the programs above that take a word. */
  private static final Set<String> OPTIONS_WITH_WORD =
      Set.of("-u", "-g", "-h", "-p", "-C", "-n", "-c", "--user", "--group");

  private static final Set<String> CHANGERS = Set.of("sudo", "doas", "env", "nice", "ionice");

  private CommandPrefix() {}

  /** {@code command} from its program on, with leading assignments kept at the end. */
  static ShellCommand strip(ShellCommand command) {
    List<String> words = command.words();
    int start = 0;
    boolean optionsFollow = false;
    while (start < words.size()) {
      String word = words.get(start);
      if (WORDS.contains(word)) {
        optionsFollow = CHANGERS.contains(word);
        start++;
      } else if (optionsFollow && word.startsWith("-")) {
        start += OPTIONS_WITH_WORD.contains(word) ? 2 : 1;
      } else if (ASSIGNMENT.matcher(word).matches()) {
        start++;
      } else {
        break;
      }
    }
    if (start == 0) {
      return command;
    }
    int from = Math.min(start, words.size());
    List<String> rest = new java.util.ArrayList<>(words.subList(from, words.size()));
    if (rest.isEmpty()) {
      rest.add("");
    }
    for (String word : words.subList(0, from)) {
      if (ASSIGNMENT.matcher(word).matches()) {
        rest.add(word);
      }
    }
    return new ShellCommand(rest, command.piped(), command.hereString());
  }

  /** The last component of a program's path. */
  static String program(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }
}
