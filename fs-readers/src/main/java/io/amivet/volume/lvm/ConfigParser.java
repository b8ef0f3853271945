package io.amivet.volume.lvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses LVM2's configuration syntax (lvm.conf(5), {@code libdm/libdm-config.c}): {@code name =
 * value}, {@code name { … }}, lists in brackets, comments from {@code #} on. Bounded in depth and
 * in the number of values, since the text is that of a hostile image.
 */
final class ConfigParser {
  static final int MAX_DEPTH = 12;
  static final int MAX_VALUES = 400_000;
  static final int MAX_STRING = 4096;

  /** The text is none of this syntax; the message says where. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message);
    }
  }

  private final String text;
  private int at;
  private int values;

  private ConfigParser(String text) {
    this.text = text;
  }

  static ConfigSection parse(String text) throws SyntaxException {
    ConfigParser parser = new ConfigParser(text);
    ConfigSection root = parser.entries(0);
    if (parser.peek() != 0) {
      throw parser.error("unexpected '" + parser.peek() + "'");
    }
    return root;
  }

  private ConfigSection entries(int depth) throws SyntaxException {
    if (depth > MAX_DEPTH) {
      throw error("nested too deeply");
    }
    ConfigSection section = new ConfigSection();
    for (char next = peek(); next != 0 && next != '}'; next = peek()) {
      String name = next == '"' ? quoted() : word();
      char follows = peek();
      if (follows == '{') {
        at++;
        section.put(name, count(entries(depth + 1)));
        expect('}');
      } else {
        expect('=');
        section.put(name, peek() == '[' ? list() : value());
      }
    }
    return section;
  }

  private List<Object> list() throws SyntaxException {
    expect('[');
    List<Object> list = new ArrayList<>();
    while (peek() != ']') {
      list.add(value());
      if (peek() == ',') {
        at++;
      }
    }
    expect(']');
    return list;
  }

  private Object value() throws SyntaxException {
    if (peek() == '"') {
      return count(quoted());
    }
    String word = word();
    try {
      return count(Long.valueOf(word));
    } catch (NumberFormatException notWhole) {
      return count(word);
    }
  }

  private <T> T count(T value) throws SyntaxException {
    if (++values > MAX_VALUES) {
      throw error("too many values");
    }
    return value;
  }

  private String quoted() throws SyntaxException {
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      string.append(text.charAt(at));
      if (string.length() > MAX_STRING) {
        throw error("string too long");
      }
    }
    if (at >= text.length()) {
      throw error("string without an end");
    }
    at++;
    return string.toString();
  }

  private String word() throws SyntaxException {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (at == start || at - start > MAX_STRING) {
      throw error("a name or value expected");
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return c > ' ' && c < 0x7f && "\"{}[]=,#".indexOf(c) < 0;
  }

  /** The next character that is neither blank nor comment; 0 at the end. */
  private char peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c > ' ') {
        return c;
      } else if (c == 0) {
        return 0;
      } else {
        at++;
      }
    }
    return 0;
  }

  private void expect(char wanted) throws SyntaxException {
    char found = peek();
    if (found != wanted) {
      throw error("'" + wanted + "' expected");
    }
    at++;
  }

  private SyntaxException error(String what) {
    return new SyntaxException(what + " at character " + at);
  }
}
