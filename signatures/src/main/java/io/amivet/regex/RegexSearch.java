package io.amivet.regex;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an engine needs to know of an expression to look for its matches without trying it. */
public final class RegexSearch {
  private final Node root;

  private RegexSearch(Node root) {
    this.root = root;
  }

  /** Of an expression that {@code java.util.regex} compiles; empty if it is not understood here. */
  public static Optional<RegexSearch> ofJava(String regex) {
    try {
      return Optional.of(new RegexSearch(RegexParser.parse(regex, Dialect.JAVA)));
    } catch (IllegalArgumentException notUnderstood) {
      return Optional.empty();
    }
  }

  /**
   * How far behind the start of a match a keyword begins at most: each match has a keyword that
   * begins there or before.
   *
   * @param keywords in lower case; case does not count
   * @return empty if no limit below that of a match is known
   */
  public OptionalInt keywordLead(List<String> keywords) {
    return KeywordLead.of(root, keywords);
  }

  /**
   * Expressions for an automaton over bytes that find where matches may begin: each match begins as
   * one of them says.
   *
   * @param keywords in lower case; once it holds one of them, an expression may end
   * @return empty if a match may begin with anything
   */
  public List<ByteExpression> byteExpressions(List<String> keywords) {
    return ByteExpressionWriter.write(root, keywords);
  }
}
