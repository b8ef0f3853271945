package io.amivet.rule;

import java.util.List;

/**
 * What became of a rule file of another tool.
 *
 * @param tool the tool, or tools, that the format is of
 * @param rules those that amivet can run
 * @param refusals those that it cannot
 */
public record ForeignPack(String tool, List<Rule> rules, List<Refusal> refusals) {
  public ForeignPack {
    rules = List.copyOf(rules);
    refusals = List.copyOf(refusals);
  }

  /** A rule, or a part of it, that cannot be expressed, and why. */
  public record Refusal(String rule, String reason) {}
}
