package io.amivet.regex;

import java.util.BitSet;
import java.util.List;

/** A regular expression over bytes, as a tree. */
sealed interface Node {
  Node EMPTY = new Sequence(List.of());

  /** Bytes, one char each. */
  record Literal(String text, boolean ignoreCase) implements Node {}

  /** One byte of a set. */
  record ByteSet(BitSet members) implements Node {}

  record Sequence(List<Node> items) implements Node {}

  record Choice(List<Node> options) implements Node {}

  /**
   * Repetition.
   *
   * @param max {@link #UNBOUNDED} for no limit
   * @param suffix empty, {@code ?} or {@code +}
   */
  record Repeat(Node item, int min, int max, String suffix) implements Node {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** A capturing group, counted from 1; the name may be empty. */
  record Group(Node item, int number, String name) implements Node {}

  /** Of no width, in the syntax of {@code java.util.regex}. */
  record Assertion(String java) implements Node {}

  /** Lookaround or an atomic group, with its opening such as {@code (?=}. */
  record Special(String opening, Node item) implements Node {
    boolean consumes() {
      return opening.equals("(?>");
    }
  }
}
