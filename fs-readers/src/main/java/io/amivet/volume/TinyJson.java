package io.amivet.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) of a hostile image: bounded in depth, lenient in what it lets pass. Objects
 * become maps, arrays lists, whole numbers {@code Long}; all other bare words stay text.
 */
final class TinyJson {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_VALUES = 50_000;

  /** Thrown and caught in here alone. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final String text;
  private int at;
  private int values;

  private TinyJson(String text) {
    this.text = text;
  }

  /** Empty if it is no JSON. */
  static Optional<Object> parse(String text) {
    try {
      return Optional.of(new TinyJson(text).value(0));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private Object value(int depth) throws Malformed {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new Malformed();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object(int depth) throws Malformed {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (peek() != '}') {
      String name = string();
      take(':');
      object.put(name, value(depth + 1));
      separator('}');
    }
    at++;
    return object;
  }

  private List<Object> array(int depth) throws Malformed {
    List<Object> array = new ArrayList<>();
    at++;
    while (peek() != ']') {
      array.add(value(depth + 1));
      separator(']');
    }
    at++;
    return array;
  }

  private void separator(char end) throws Malformed {
    if (peek() != end) {
      take(',');
    }
  }

  private void take(char wanted) throws Malformed {
    if (peek() != wanted) {
      throw new Malformed();
    }
    at++;
  }

  /** Escapes stay what they stand for only where that is one character. */
  private String string() throws Malformed {
    take('"');
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        string.append(text.charAt(at++));
      }
    }
    if (at >= text.length()) {
      throw new Malformed();
    }
    at++;
    return string.toString();
  }

  private Object word() throws Malformed {
    int start = at;
    while (at < text.length() && "{}[]\",: \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw new Malformed();
    }
    String word = text.substring(start, at);
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException notWhole) {
      return word;
    }
  }

  private char peek() throws Malformed {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      throw new Malformed();
    }
    return text.charAt(at);
  }
}
