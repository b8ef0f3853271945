package io.amivet.artifact.syslog;

import java.util.Locale;

/** A cursor over the text of a configuration that knows its line. Moves forward only. */
final class ConfigText {
  private final String text;
  private int position;
  private int line = 1;

  ConfigText(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  /** 1-based line of the next character. */
  int line() {
    return line;
  }

  /** The next character, or 0 at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int index = position + ahead;
    return index < text.length() ? text.charAt(index) : 0;
  }

  char take() {
    char c = peek();
    if (c == '\n') {
      line++;
    }
    position++;
    return c;
  }

  /** Skips blanks, and line ends if they follow a backslash. */
  void skipBlanks() {
    while (!atEnd()) {
      if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
        take();
      } else if (peek() == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
        take();
        take();
      } else {
        return;
      }
    }
  }

  /** Skips blanks, line ends and comments of the forms {@code #} and, if told, C's. */
  void skipSpace(boolean blockComments) {
    while (!atEnd()) {
      char c = peek();
      if (c == '#') {
        skipComment();
      } else if (blockComments && c == '/' && peek(1) == '*') {
        skipBlockComment();
      } else if (c == '\\' || c <= ' ') {
        take();
      } else {
        return;
      }
    }
  }

  /** A backslash does not carry a comment on. */
  private void skipComment() {
    while (!atEnd() && peek() != '\n') {
      take();
    }
  }

  private void skipBlockComment() {
    take();
    take();
    while (!atEnd() && !(peek() == '*' && peek(1) == '/')) {
      take();
    }
    take();
    take();
  }

  /** Skips to the end of the line, continued lines included. */
  void skipLine() {
    while (!atEnd() && peek() != '\n') {
      if (peek() == '\\' && peek(1) == '\n') {
        take();
      }
      take();
    }
  }

  /** A quoted string whose opening quote is next; backslashes keep the next character. */
  String takeQuoted() {
    char quote = take();
    StringBuilder value = new StringBuilder();
    while (!atEnd() && peek() != quote) {
      if (peek() == '\\' && peek(1) != 0) {
        take();
      }
      value.append(take());
    }
    take();
    return value.toString();
  }

  /** The characters up to one that {@code ends} holds, a blank or a line end. */
  String takeWord(String ends) {
    int start = position;
    while (!atEnd() && peek() > ' ' && ends.indexOf(peek()) < 0) {
      take();
    }
    return text.substring(start, position);
  }

  /** A name of letters, digits, {@code _ - .}; may be empty. */
  String takeName() {
    int start = position;
    while (!atEnd() && isName(peek())) {
      take();
    }
    return text.substring(start, position).toLowerCase(Locale.ROOT);
  }

  static boolean isName(char c) {
    return c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c);
  }
}
