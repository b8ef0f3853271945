package io.amivet.artifact.syslog;

import io.amivet.artifact.syslog.SyslogNgTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Destinations of one syslog-ng file, their drivers and which of them log paths name. Walks the
 * tokens once with a depth count in place of recursion.
 */
final class SyslogNgDestinations {
  private static final Token END = new Token("", true, 0);

  private final List<Token> tokens;
  private final String path;
  private final List<Driver> drivers = new ArrayList<>();
  private final Set<String> reached = new HashSet<>();
  private int position;

  /**
   * A driver in a destination.
   *
   * @param destination its name, empty if it stands in the log path itself
   * @param values words and strings by the option that holds them; the driver's own under {@code
   *     ""}
   */
  record Driver(
      String destination, String name, Map<String, List<String>> values, String path, int line) {

    List<String> values(String option) {
      return values.getOrDefault(option, List.of());
    }
  }

  SyslogNgDestinations(List<Token> tokens, String path) {
    this.tokens = tokens;
    this.path = path;
  }

  List<Driver> drivers() {
    return drivers;
  }

  Set<String> reached() {
    return reached;
  }

  void scan() {
    while (position < tokens.size()) {
      Token token = tokens.get(position++);
      if (!token.mark() && token.text().equals("destination")) {
        destination();
      }
    }
  }

  private void destination() {
    Token next = token(0);
    if (next.is("(")) {
      if (!token(1).mark()) {
        reached.add(token(1).text());
      }
    } else if (next.is("{")) {
      position++;
      body("");
    } else if (!next.mark() && token(1).is("{")) {
      position += 2;
      body(next.text());
    }
  }

  /** Drivers up to the closing brace. */
  private void body(String destination) {
    int braces = 1;
    while (position < tokens.size() && braces > 0) {
      Token token = tokens.get(position++);
      if (token.is("{")) {
        braces++;
      } else if (token.is("}")) {
        braces--;
      } else if (!token.mark() && token(0).is("(")) {
        position++;
        driver(destination, token);
      }
    }
  }

  /** Arguments up to the closing parenthesis. Options within options count as the inner ones. */
  private void driver(String destination, Token name) {
    Map<String, List<String>> values = new HashMap<>();
    int depth = 1;
    String option = "";
    while (position < tokens.size() && depth > 0) {
      Token token = tokens.get(position++);
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
        option = depth <= 1 ? "" : option;
      } else if (!token.mark()) {
        if (token(0).is("(")) {
          option = normal(token.text());
          values.computeIfAbsent(option, key -> new ArrayList<>());
        } else {
          values.computeIfAbsent(option, key -> new ArrayList<>()).add(token.text());
        }
      }
    }
    drivers.add(new Driver(destination, normal(name.text()), values, path, name.line()));
  }

  /** syslog-ng takes {@code _} and {@code -} for the same in names. */
  private static String normal(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private Token token(int ahead) {
    int index = position + ahead;
    return index < tokens.size() ? tokens.get(index) : END;
  }
}
