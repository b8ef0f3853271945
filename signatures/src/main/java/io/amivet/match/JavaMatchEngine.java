package io.amivet.match;

import io.amivet.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The engine that needs nothing but Java: one pass for all keywords ({@link KeywordAutomaton}),
 * then the rule's own expression on a window around each keyword, as wide as its longest match.
 */
public final class JavaMatchEngine implements MatchEngine {
  private final List<CompiledRule> rules;
  private final KeywordAutomaton automaton;
  private final int[] keywordLengths;

  /** Numbers of the rules that have a keyword, by number of the keyword. */
  private final int[][] rulesOfKeyword;

  /**
   * @param contentRules rules with a {@link Rule.Condition.Content} condition
   * @throws IllegalArgumentException if a rule is of another kind, or its expression cannot be used
   */
  public JavaMatchEngine(List<Rule> contentRules) {
    this.rules = contentRules.stream().map(CompiledRule::of).toList();
    Map<String, List<Integer>> rulesByKeyword = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      for (String keyword : rules.get(i).keywords()) {
        List<Integer> users =
            rulesByKeyword.computeIfAbsent(
                keyword.toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
        if (!users.contains(i)) {
          users.add(i);
        }
      }
    }
    List<String> keywords = List.copyOf(rulesByKeyword.keySet());
    this.automaton = new KeywordAutomaton(keywords);
    this.keywordLengths = keywords.stream().mapToInt(String::length).toArray();
    this.rulesOfKeyword =
        keywords.stream()
            .map(rulesByKeyword::get)
            .map(users -> users.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public MatchStream open() {
    return new JavaMatchStream(rules, automaton, keywordLengths, rulesOfKeyword);
  }
}
