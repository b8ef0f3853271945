package io.amivet.artifact.history;

import static io.amivet.artifact.history.ShellCommand.EXPANSION;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a shell line into simple commands and their words (POSIX XCU 2.3, bash(1) QUOTING). Looks
 * at each character once, keeps no stack: nested substitutions are handed out as text, for the
 * caller to split in its turn.
 */
final class ShellLexer {
  private final String text;
  private final List<ShellCommand> commands = new ArrayList<>();
  private final List<String> substitutions = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> words = new ArrayList<>();
  private int position;
  private boolean inWord;
  private boolean piped;
  private String hereString = "";
  private Redirect redirect = Redirect.NONE;

  private enum Redirect {
    NONE,
    TARGET,
    HERE_STRING
  }

  private ShellLexer(String text) {
    this.text = text;
  }

  /** What a line holds: its commands, and the text inside {@code $(…)} and backquotes. */
  record Split(List<ShellCommand> commands, List<String> substitutions) {}

  static Split split(String text) {
    ShellLexer lexer = new ShellLexer(text);
    lexer.run();
    return new Split(lexer.commands, lexer.substitutions);
  }

  private void run() {
    while (position < text.length()) {
      char c = text.charAt(position);
      switch (c) {
        case ' ', '\t' -> {
          endWord();
          position++;
        }
        case '\n', ';', '(', ')' -> {
          endCommand(false);
          position++;
        }
        case '&' -> ampersand();
        case '|' -> pipe();
        case '<', '>' -> redirect(c);
        case '#' -> comment();
        default -> wordCharacter(c);
      }
    }
    endCommand(false);
  }

  private void wordCharacter(char c) {
    inWord = true;
    switch (c) {
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '\\' -> escaped();
      case '$' -> dollar(false);
      case '`' -> backquoted();
      default -> {
        word.append(c);
        position++;
      }
    }
  }

  private void ampersand() {
    if (next(1) == '>') {
      endWord();
      position++;
    } else {
      endCommand(false);
      position++;
    }
  }

  private void pipe() {
    boolean or = next(1) == '|';
    endCommand(!or);
    position += or || next(1) == '&' ? 2 : 1;
  }

  private void redirect(char c) {
    // A number right before is the descriptor, not a word.
    if (inWord && isNumber(word)) {
      inWord = false;
      word.setLength(0);
    }
    endWord();
    int count = 0;
    while (position < text.length() && text.charAt(position) == c) {
      count++;
      position++;
    }
    while (next(0) == '&' || next(0) == '|' || next(0) == '-') {
      position++;
    }
    if (next(0) == '(') {
      return;
    }
    redirect = c == '<' && count == 3 ? Redirect.HERE_STRING : Redirect.TARGET;
  }

  private void comment() {
    if (inWord) {
      word.append('#');
      position++;
      return;
    }
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  private void singleQuoted() {
    int end = text.indexOf('\'', position + 1);
    int stop = end < 0 ? text.length() : end;
    word.append(text, position + 1, stop);
    position = end < 0 ? stop : stop + 1;
  }

  private void doubleQuoted() {
    position++;
    while (position < text.length() && text.charAt(position) != '"') {
      switch (text.charAt(position)) {
        case '$' -> dollar(true);
        case '`' -> backquoted();
        case '\\' -> escapedInQuotes();
        default -> {
          word.append(text.charAt(position));
          position++;
        }
      }
    }
    position++;
  }

  private void escaped() {
    if (position + 1 < text.length() && text.charAt(position + 1) != '\n') {
      word.append(text.charAt(position + 1));
    }
    position += 2;
  }

  /** Inside double quotes a backslash only takes away the meaning of four characters. */
  private void escapedInQuotes() {
    char next = next(1);
    if ("\"\\$`".indexOf(next) < 0) {
      word.append('\\');
      position++;
    } else {
      word.append(next);
      position += 2;
    }
  }

  private void dollar(boolean inQuotes) {
    char next = next(1);
    if (next == '(') {
      substitution();
    } else if (next == '{') {
      int end = text.indexOf('}', position);
      word.append(EXPANSION);
      position = end < 0 ? text.length() : end + 1;
    } else if (!inQuotes && (next == '\'' || next == '"')) {
      position++;
    } else if (isName(next) || (next != 0 && "?$!#@*-".indexOf(next) >= 0)) {
      word.append(EXPANSION);
      position += 2;
      while (isName(next) && isName(next(0))) {
        position++;
      }
    } else {
      word.append('$');
      position++;
    }
  }

  private void substitution() {
    int start = position + 2;
    int end = start;
    int depth = 1;
    while (end < text.length() && depth > 0) {
      char c = text.charAt(end);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      end++;
    }
    substitutions.add(text.substring(start, depth == 0 ? end - 1 : end));
    word.append(EXPANSION);
    position = end;
  }

  private void backquoted() {
    int end = text.indexOf('`', position + 1);
    int stop = end < 0 ? text.length() : end;
    substitutions.add(text.substring(Math.min(position + 1, stop), stop));
    word.append(EXPANSION);
    position = end < 0 ? stop : stop + 1;
  }

  private void endWord() {
    if (!inWord) {
      return;
    }
    switch (redirect) {
      case NONE -> words.add(word.toString());
      case HERE_STRING -> hereString = word.toString();
      case TARGET -> {}
    }
    redirect = Redirect.NONE;
    inWord = false;
    word.setLength(0);
  }

  private void endCommand(boolean pipesOn) {
    endWord();
    redirect = Redirect.NONE;
    if (!words.isEmpty()) {
      commands.add(new ShellCommand(words, piped, hereString));
      words = new ArrayList<>();
    }
    hereString = "";
    piped = pipesOn;
  }

  private char next(int ahead) {
    int index = position + ahead;
    return index < text.length() ? text.charAt(index) : 0;
  }

  private static boolean isName(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isNumber(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
