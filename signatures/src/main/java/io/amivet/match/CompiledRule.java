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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A content rule with its expression compiled and its checks looked up. */
final class CompiledRule {
  private static final String SECRET = "secret";

  /** The secret is the first group that matched anything, or the whole match. */
  private static final int FIRST_THAT_MATCHED = -1;

  private final Rule rule;
  private final Condition.Content condition;
  private final RegexShape shape;
  private final int secretGroup;
  private final List<String> fieldGroups;
  private final List<CompiledAllowance> allowances;
  private final Optional<RegexSearch> search;
  private final int leadChars;

  private CompiledRule(Rule rule, Condition.Content condition) {
    this.rule = rule;
    this.condition = condition;
    this.shape = RegexShape.of(condition.regex());
    Map<String, Integer> groups = shape.pattern().namedGroups();
    this.secretGroup = groups.getOrDefault(SECRET, groups.isEmpty() ? FIRST_THAT_MATCHED : 0);
    this.fieldGroups =
        groups.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(SECRET))
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .toList();
    this.allowances =
        condition.exemptions().allowances().stream().map(CompiledAllowance::of).toList();
    this.search = RegexSearch.ofJava(condition.regex());
    this.leadChars = lead();
  }

  private int lead() {
    int most = shape.maxChars();
    return search
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
    return leadChars;
  }

  /** What an automaton may look for in the rule's stead: its beginnings, or its keywords. */
  List<ByteExpression> byteExpressions() {
    List<String> keywords = lowerKeywords();
    List<ByteExpression> beginnings =
        search.map(known -> known.byteExpressions(keywords)).orElse(List.of());
    return beginnings.isEmpty() ? List.of(ByteExpression.ofTexts(keywords, leadChars)) : beginnings;
  }

  int maxChars() {
    return shape.maxChars();
  }

  Pattern pattern() {
    return shape.pattern();
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
    if (secretGroup != FIRST_THAT_MATCHED) {
      return secretGroup;
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
    for (String name : fieldGroups) {
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
    for (CompiledAllowance allowance : allowances) {
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
