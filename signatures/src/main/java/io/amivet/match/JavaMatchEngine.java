package io.amivet.match;

import io.amivet.rule.Rule;
import java.util.List;

/**
 * The engine that needs nothing but Java: one pass for all keywords ({@link KeywordAutomaton}),
 * then the rule's own expression on a window around each keyword, as wide as its longest match.
 */
public final class JavaMatchEngine implements MatchEngine {
  private final List<CompiledRule> rules;
  private final KeywordIndex keywords;

  /**
   * @param contentRules rules with a {@link Rule.Condition.Content} condition
   * @throws IllegalArgumentException if a rule is of another kind, or its expression cannot be used
   */
  public JavaMatchEngine(List<Rule> contentRules) {
    this.rules = contentRules.stream().map(CompiledRule::of).toList();
    this.keywords = KeywordIndex.of(rules);
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public MatchStream open() {
    return new JavaMatchStream(rules, keywords);
  }
}
