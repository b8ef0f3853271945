package io.amivet.artifact.history;

import java.util.List;

/**
 * A simple command of a shell line (POSIX XCU 2.9.1).
 *
 * @param words with quotes removed; each expansion is one {@link #EXPANSION}. Redirections are not
 *     among them
 * @param piped whether its input is the output of the command before
 * @param hereString what {@code <<<} feeds it, or empty
 */
record ShellCommand(List<String> words, boolean piped, String hereString) {
  /** Stands in a word for what only the running shell knows: a variable, a substitution. */
  static final char EXPANSION = '\ue000';

  ShellCommand {
    words = List.copyOf(words);
  }

  /** The word at {@code index}, or an empty one past the end. */
  String word(int index) {
    return index >= 0 && index < words.size() ? words.get(index) : "";
  }
}
