package io.amivet.regex;

import io.amivet.regex.Node.Assertion;
import io.amivet.regex.Node.ByteSet;
import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Literal;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;

/** How many bytes the matches of an expression have. */
final class Lengths {
  /** Stands for no limit, and for any number above it. */
  static final long MANY = 1L << 40;

  private Lengths() {}

  /** Of the shortest match; at most {@link #MANY}. */
  static long min(Node node) {
    return switch (node) {
      case Literal literal -> literal.text().length();
      case ByteSet _ -> 1;
      case Sequence sequence ->
          sequence.items().stream().mapToLong(Lengths::min).reduce(0, Lengths::sum);
      case Choice choice -> choice.options().stream().mapToLong(Lengths::min).min().orElse(0);
      case Repeat repeat -> product(min(repeat.item()), repeat.min());
      case Group group -> min(group.item());
      case Assertion _ -> 0;
      case Special special -> special.consumes() ? min(special.item()) : 0;
    };
  }

  /** Of the longest match; at most {@link #MANY}. */
  static long max(Node node) {
    return switch (node) {
      case Literal literal -> literal.text().length();
      case ByteSet _ -> 1;
      case Sequence sequence ->
          sequence.items().stream().mapToLong(Lengths::max).reduce(0, Lengths::sum);
      case Choice choice -> choice.options().stream().mapToLong(Lengths::max).max().orElse(0);
      case Repeat repeat -> product(max(repeat.item()), repeat.max());
      case Group group -> max(group.item());
      case Assertion _ -> 0;
      case Special special -> special.consumes() ? max(special.item()) : 0;
    };
  }

  private static long sum(long some, long more) {
    return Math.min(MANY, some + more);
  }

  private static long product(long length, long times) {
    return length == 0 || times <= MANY / length ? length * times : MANY;
  }
}
