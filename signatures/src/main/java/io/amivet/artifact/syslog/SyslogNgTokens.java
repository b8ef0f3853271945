package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens of a syslog-ng configuration: names, strings, and the marks {@code ( ) { } ;}. Takes out
 * {@code @include} and replaces what {@code @define} defined.
 */
final class SyslogNgTokens {
  private static final int MAX_TOKENS = 500_000;
  private static final String MARKS = "(){};,";
  private static final Pattern REFERENCE = Pattern.compile("`([A-Za-z0-9_.-]{1,64})`");

  private final ConfigText text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<String> includes = new ArrayList<>();
  private final Map<String, String> definitions = new HashMap<>();

  /**
   * A token.
   *
   * @param mark whether it is punctuation; a quoted brace is not
   */
  record Token(String text, boolean mark, int line) {
    boolean is(String other) {
      return mark && text.equals(other);
    }
  }

  private SyslogNgTokens(ArtifactFile file) {
    this.text = new ConfigText(file.latin1());
  }

  static SyslogNgTokens of(ArtifactFile file) {
    SyslogNgTokens tokens = new SyslogNgTokens(file);
    tokens.scan();
    return tokens;
  }

  List<Token> tokens() {
    return tokens;
  }

  List<String> includes() {
    return includes;
  }

  private void scan() {
    while (tokens.size() < MAX_TOKENS) {
      text.skipSpace(false);
      if (text.atEnd()) {
        return;
      }
      int line = text.line();
      char c = text.peek();
      if (c == '@') {
        pragma();
      } else if (MARKS.indexOf(c) >= 0) {
        tokens.add(new Token(String.valueOf(text.take()), true, line));
      } else if (c == '"' || c == '\'') {
        tokens.add(new Token(resolved(text.takeQuoted()), false, line));
      } else {
        tokens.add(new Token(resolved(word()), false, line));
      }
    }
  }

  private String word() {
    String word = text.takeWord("(){};,\"'#");
    return word.isEmpty() ? String.valueOf(text.take()) : word;
  }

  /** {@code @include "file"}, {@code @define name "value"}; others end with their line. */
  private void pragma() {
    text.take();
    String name = text.takeName();
    text.skipBlanks();
    if (name.equals("include")) {
      includes.add(value());
    } else if (name.equals("define")) {
      String variable = text.takeWord("\"'");
      text.skipBlanks();
      definitions.put(variable, value());
    }
    text.skipLine();
  }

  private String value() {
    boolean quoted = text.peek() == '"' || text.peek() == '\'';
    return quoted ? text.takeQuoted() : text.takeWord("");
  }

  private String resolved(String value) {
    if (value.indexOf('`') < 0) {
      return value;
    }
    Matcher matcher = REFERENCE.matcher(value);
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(definitions.getOrDefault(found.group(1), found.group())));
  }
}
