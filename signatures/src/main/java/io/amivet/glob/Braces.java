package io.amivet.glob;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Expands {@code {a,b}} alternatives, nested or not, into globs without braces. */
final class Braces {
  private static final int MAX_EXPANSIONS = 256;

  private Braces() {}

  static List<String> expand(String glob) {
    List<String> done = new ArrayList<>();
    Deque<String> todo = new ArrayDeque<>();
    todo.push(glob);
    while (!todo.isEmpty()) {
      String next = todo.pop();
      int close = next.indexOf('}');
      int open = close < 0 ? next.indexOf('{') : next.lastIndexOf('{', close);
      if (open < 0 || close < 0) {
        if (open >= 0 || close >= 0) {
          throw new IllegalArgumentException("unbalanced braces in glob: " + glob);
        }
        done.add(next);
      } else {
        // The innermost pair first, its alternatives in their order.
        String[] alternatives = next.substring(open + 1, close).split(",", -1);
        for (int i = alternatives.length - 1; i >= 0; i--) {
          todo.push(next.substring(0, open) + alternatives[i] + next.substring(close + 1));
        }
      }
      if (done.size() + todo.size() > MAX_EXPANSIONS) {
        throw new IllegalArgumentException(
            "more than " + MAX_EXPANSIONS + " alternatives in glob: " + glob);
      }
    }
    return List.copyOf(done);
  }
}
