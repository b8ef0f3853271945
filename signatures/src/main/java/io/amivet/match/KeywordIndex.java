package io.amivet.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keywords of rules, and what to try where one is found. Immutable. */
final class KeywordIndex {
  private final List<CompiledRule> rules;
  private final KeywordAutomaton automaton;
  private final Uses[] uses;

  /**
   * What a keyword stands for.
   *
   * @param lengthBytes of the keyword
   * @param rules that have it
   */
  private record Uses(int lengthBytes, int[] rules) {}

  /** Told of each place where a match of a rule may begin. */
  interface Sink {

    /** Offsets in the searched bytes, both included; the first may be negative. */
    void candidate(int rule, int firstStart, int lastStart);
  }

  private KeywordIndex(List<CompiledRule> rules, KeywordAutomaton automaton, Uses[] uses) {
    this.rules = rules;
    this.automaton = automaton;
    this.uses = uses;
  }

  /** Numbers the rules by their places in the list. */
  static KeywordIndex of(List<CompiledRule> rules) {
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
    Uses[] uses =
        rulesByKeyword.entrySet().stream()
            .map(entry -> uses(entry.getKey().length(), entry.getValue()))
            .toArray(Uses[]::new);
    return new KeywordIndex(
        rules, new KeywordAutomaton(List.copyOf(rulesByKeyword.keySet())), uses);
  }

  private static Uses uses(int lengthBytes, List<Integer> users) {
    return new Uses(lengthBytes, users.stream().mapToInt(Integer::intValue).toArray());
  }

  /** How far from the start of a match a keyword ends at most. */
  int reachBytes() {
    int reach = 0;
    for (Uses use : uses) {
      for (int rule : use.rules()) {
        reach = Math.max(reach, rules.get(rule).leadChars() + use.lengthBytes());
      }
    }
    return reach;
  }

  /** The state to start a text with. */
  static int start() {
    return KeywordAutomaton.start();
  }

  /** Runs over {@code bytes[from, to)} and returns the state to go on with. */
  int scan(byte[] bytes, int from, int to, int state, Sink sink) {
    return automaton.scan(bytes, from, to, state, (keyword, end) -> found(keyword, end, sink));
  }

  private void found(int keyword, int end, Sink sink) {
    Uses use = uses[keyword];
    int start = end - use.lengthBytes();
    for (int rule : use.rules()) {
      sink.candidate(rule, start - rules.get(rule).leadChars(), start);
    }
  }
}
