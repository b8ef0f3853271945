package io.amivet.match;

import io.amivet.artifact.Placeholders;
import io.amivet.artifact.SecretChecks;
import io.amivet.regex.ByteExpression;
import io.amivet.regex.RegexSearch;
import io.amivet.rule.RegexShape;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A content rule with its expression compiled and its checks looked up. The expression is compiled
 * when the first keyword of the rule is met: most rules of a pack meet none. Thread-safe.
 */
final class CompiledRule {
  private static final String SECRET = "secret";

  /** The secret is the first group that matched anything, or the whole match. */
  private static final int FIRST_THAT_MATCHED = -1;

  private final Rule rule;
  private final Condition.Content condition;
  private volatile @Nullable Expression expression;

  /**
   * What becomes of the rule's expression.
   *
   * @param leadChars how far behind the start of a match a keyword begins, at most
   */
  private record Expression(
      RegexShape shape,
      int secretGroup,
      List<String> fieldGroups,
      List<CompiledAllowance> allowances,
      int leadChars) {}

  private CompiledRule(Rule rule, Condition.Content condition) {
    this.rule = rule;
    this.condition = condition;
  }

  /** Two threads may both compile it, to the same effect. */
  private Expression expression() {
    Expression known = expression;
    if (known == null) {
      known = compile();
      expression = known;
    }
    return known;
  }

  private Expression compile() {
    RegexShape shape = RegexShape.of(condition.regex());
    Map<String, Integer> groups = shape.pattern().namedGroups();
    List<String> fieldGroups =
        groups.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(SECRET))
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .toList();
    return new Expression(
        shape,
        groups.getOrDefault(SECRET, groups.isEmpty() ? FIRST_THAT_MATCHED : 0),
        fieldGroups,
        condition.exemptions().allowances().stream().map(CompiledAllowance::of).toList(),
        lead(shape.maxChars()));
  }

  private int lead(int most) {
    return RegexSearch.ofJava(condition.regex())
        .map(known -> known.keywordLead(lowerKeywords()).orElse(most))
        .map(lead -> Math.min(lead, most))
        .orElse(most);
  }

  private List<String> lowerKeywords() {
    return condition.keywords().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  static CompiledRule of(Rule rule) {
    if (rule.condition() instanceof Condition.Content content && !content.keywords().isEmpty()) {
      return new CompiledRule(rule, content);
    }
    throw new IllegalArgumentException(rule.id() + " is not a content rule with keywords");
  }

  Rule rule() {
    return rule;
  }

  List<String> keywords() {
    return condition.keywords();
  }

  /** How far behind the start of a match a keyword begins, at most. */
  int leadChars() {
    return expression().leadChars();
  }

  /** What an automaton may look for in the rule's stead: its beginnings, or its keywords. */
  List<ByteExpression> byteExpressions() {
    List<String> keywords = lowerKeywords();
    List<ByteExpression> beginnings =
        RegexSearch.ofJava(condition.regex())
            .map(known -> known.byteExpressions(keywords))
            .orElse(List.of());
    return beginnings.isEmpty()
        ? List.of(ByteExpression.ofTexts(keywords, leadChars()))
        : beginnings;
  }

  int maxChars() {
    return expression().shape().maxChars();
  }

  Pattern pattern() {
    return expression().shape().pattern();
  }

  /** The secret of a match, or empty if there is none in it. */
  String secret(Matcher matcher) {
    String secret = matcher.group(secretGroup(matcher));
    return secret == null ? "" : secret;
  }

  int secretStart(Matcher matcher) {
    return matcher.start(secretGroup(matcher));
  }

  private int secretGroup(Matcher matcher) {
    int known = expression().secretGroup();
    if (known != FIRST_THAT_MATCHED) {
      return known;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.end(group) > matcher.start(group)) {
        return group;
      }
    }
    return 0;
  }

  /** The named groups other than the secret: what identifies without revealing. */
  Map<String, String> fields(Matcher matcher) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : expression().fieldGroups()) {
      String value = matcher.group(name);
      if (value != null && !value.isEmpty()) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  /** Whether the secret is one: varied enough, no placeholder, and all checks hold. */
  boolean accepts(String secret) {
    if (secret.isEmpty()
        || Entropy.bitsPerChar(secret) <= condition.minEntropyBits()
        || (!condition.exemptions().placeholdersCount() && Placeholders.isPlaceholder(secret))) {
      return false;
    }
    for (String check : condition.checks()) {
      if (!SecretChecks.named(check).test(secret)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the rule's own tool would not tell of this match. */
  boolean exempts(Matcher matcher, String secret, CharSequence text) {
    for (CompiledAllowance allowance : expression().allowances()) {
      if (allowance.covers(matcher, secret, text)) {
        return true;
      }
    }
    return false;
  }

  Severity worstSeverity() {
    return rule.severity().values().stream().reduce(Severity.INFO, Severity::or);
  }
}
