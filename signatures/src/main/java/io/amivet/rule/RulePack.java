package io.amivet.rule;

import java.util.List;

/**
 * Rules that were loaded together.
 *
 * @param version of the pack, {@code 2026.11.0}
 * @param digest SHA-256 in hex over the sources of all rules, in order
 */
public record RulePack(String version, String digest, List<Rule> rules) {
  public RulePack {
    rules = List.copyOf(rules);
  }
}
