package io.amivet.rule;

import io.amivet.rule.RuleSet.RuleMatch;
import java.util.List;

/**
 * A parser threw, which is our bug, not the image's. Names the parser and the file, and keeps the
 * stack; not the message of what was thrown, which may quote the file.
 */
public final class ParserFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String parser;
  private final String path;
  private final transient List<RuleMatch> matches;

  ParserFailure(String parser, String path, Throwable thrown, List<RuleMatch> matches) {
    super("parser " + parser + " failed on " + path + ": " + thrown.getClass().getName());
    setStackTrace(thrown.getStackTrace());
    this.parser = parser;
    this.path = path;
    this.matches = List.copyOf(matches);
  }

  public String parser() {
    return parser;
  }

  /** The file's path as Latin-1 text. */
  public String path() {
    return path;
  }

  /** What the other parsers made of the file: the failure must not hide it. */
  public List<RuleMatch> matches() {
    return matches;
  }
}
