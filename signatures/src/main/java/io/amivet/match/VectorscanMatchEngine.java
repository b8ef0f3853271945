package io.amivet.match;

import io.amivet.regex.ByteExpression;
import io.amivet.rule.Rule;
import io.amivet.vectorscan.Vectorscan;
import io.amivet.vectorscan.VectorscanDatabase;
import io.amivet.vectorscan.VectorscanDatabases;
import io.amivet.vectorscan.VectorscanException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fast engine: Vectorscan looks for the beginnings of all rules in one pass, then the rule's
 * own expression is tried where one was found. Comes to the same hits as {@link JavaMatchEngine}.
 */
public final class VectorscanMatchEngine implements MatchEngine {
  private final List<CompiledRule> rules;
  private final List<Lookout> lookouts;
  private final VectorscanDatabase database;

  /**
   * What the library looks for.
   *
   * @param rule whose matches may begin so
   */
  record Lookout(int rule, ByteExpression expression) {}

  /**
   * @param contentRules rules with a {@link Rule.Condition.Content} condition
   * @param databases where the compiled expressions are kept
   * @throws VectorscanException if Vectorscan refuses an expression
   * @throws IllegalArgumentException if a rule is of another kind, or its expression cannot be used
   */
  public VectorscanMatchEngine(
      List<Rule> contentRules, Vectorscan library, VectorscanDatabases databases)
      throws VectorscanException {
    this.rules = contentRules.stream().map(CompiledRule::of).toList();
    this.lookouts = lookouts(rules);
    this.database =
        databases.open(
            library, lookouts.stream().map(lookout -> lookout.expression().text()).toList());
  }

  private static List<Lookout> lookouts(List<CompiledRule> rules) {
    List<Lookout> lookouts = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      for (ByteExpression expression : rules.get(i).byteExpressions()) {
        lookouts.add(new Lookout(i, expression));
      }
    }
    return List.copyOf(lookouts);
  }

  @Override
  public String name() {
    return "vectorscan";
  }

  @Override
  public MatchStream open() {
    return new VectorscanMatchStream(rules, lookouts, database);
  }

  @Override
  public void close() {
    database.close();
  }
}
