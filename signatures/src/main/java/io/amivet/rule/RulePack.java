package io.amivet.rule;

import java.util.List;

/**
 * Rules that were loaded together.
 *
 * @param version of the pack, {@code 2026.11.0}
 * @param digest SHA-256 in hex over the sources of all rules, in order
 * @param notes what of the sources is not among the rules, one sentence each
 */
public record RulePack(String version, String digest, List<Rule> rules, List<String> notes) {
  public RulePack {
    rules = List.copyOf(rules);
    notes = List.copyOf(notes);
  }
}
