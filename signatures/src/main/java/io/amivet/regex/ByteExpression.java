package io.amivet.regex;

import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * An expression for an automaton over bytes that matches at least where a rule's own expression
 * does, or a beginning of it. Each match of the rule that starts at {@code s} has a match of this
 * expression that ends between {@code s + minChars} and {@code s + maxChars}.
 *
 * @param text in the syntax that PCRE and Vectorscan share, printable ASCII, without back
 *     references and lookaround
 */
public record ByteExpression(String text, int minChars, int maxChars) {

  /**
   * Finds one of several texts.
   *
   * @param texts in lower case; case does not count
   * @param leadChars how far behind the start of a match a text begins at most
   */
  public static ByteExpression ofTexts(List<String> texts, int leadChars) {
    IntSummaryStatistics lengths = texts.stream().mapToInt(String::length).summaryStatistics();
    List<Node> options = texts.stream().map(text -> (Node) new Node.Literal(text, true)).toList();
    return new ByteExpression(
        ByteExpressionWriter.text(new Node.Choice(options)),
        lengths.getMin(),
        lengths.getMax() + leadChars);
  }
}
