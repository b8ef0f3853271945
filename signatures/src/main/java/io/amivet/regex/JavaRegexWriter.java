package io.amivet.regex;

import io.amivet.regex.Node.Assertion;
import io.amivet.regex.Node.ByteSet;
import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Literal;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;
import java.util.BitSet;
import java.util.List;

/** Writes a tree for {@code java.util.regex}, with no repetition above a cap. */
final class JavaRegexWriter {
  private static final String SYNTAX = "\\^$.|?*+()[]{}-&~#\"";

  private final int cap;
  private final int secretGroup;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param secretGroup the group to call {@code secret}, the others then do not capture; 0 for none
   */
  private JavaRegexWriter(int cap, int secretGroup) {
    this.cap = cap;
    this.secretGroup = secretGroup;
  }

  static String write(Node node, int cap, int secretGroup) {
    JavaRegexWriter writer = new JavaRegexWriter(cap, secretGroup);
    writer.append(node);
    return writer.out.toString();
  }

  /** Characters of the longest match if no repetition is longer than {@code cap}. */
  static long maxChars(Node node, int cap) {
    return switch (node) {
      case Literal literal -> literal.text().length();
      case ByteSet _ -> 1;
      case Sequence sequence ->
          sequence.items().stream()
              .mapToLong(item -> maxChars(item, cap))
              .reduce(0, (some, more) -> Math.min(Lengths.MANY, some + more));
      case Choice choice ->
          choice.options().stream().mapToLong(item -> maxChars(item, cap)).max().orElse(0);
      case Repeat repeat -> repeated(maxChars(repeat.item(), cap), capped(repeat, cap));
      case Group group -> maxChars(group.item(), cap);
      case Assertion _ -> 0;
      case Special special -> special.consumes() ? maxChars(special.item(), cap) : 0;
    };
  }

  private static long repeated(long chars, int times) {
    return chars == 0 || times <= Lengths.MANY / chars ? chars * times : Lengths.MANY;
  }

  private static int capped(Repeat repeat, int cap) {
    return Math.max(repeat.min(), Math.min(repeat.max(), cap));
  }

  private void append(Node node) {
    switch (node) {
      case Literal literal -> literal(literal);
      case ByteSet set -> set(set.members());
      case Sequence sequence -> sequence.items().forEach(this::appendInSequence);
      case Choice choice -> choice(choice.options());
      case Repeat repeat -> repeat(repeat);
      case Group group -> {
        out.append(secretGroup == 0 ? "(" : secretGroup == group.number() ? "(?<secret>" : "(?:");
        append(group.item());
        out.append(')');
      }
      case Assertion assertion -> out.append(assertion.java());
      case Special special -> {
        out.append(special.opening());
        append(special.item());
        out.append(')');
      }
    }
  }

  private void appendInSequence(Node node) {
    if (node instanceof Choice) {
      wrapped(node);
    } else {
      append(node);
    }
  }

  private void wrapped(Node node) {
    out.append("(?:");
    append(node);
    out.append(')');
  }

  private void literal(Literal literal) {
    if (literal.ignoreCase()) {
      out.append("(?i:");
    }
    literal.text().chars().forEach(this::character);
    if (literal.ignoreCase()) {
      out.append(')');
    }
  }

  private void choice(List<Node> options) {
    for (int i = 0; i < options.size(); i++) {
      if (i > 0) {
        out.append('|');
      }
      append(options.get(i));
    }
  }

  private void repeat(Repeat repeat) {
    Node item = repeat.item();
    boolean single =
        item instanceof ByteSet
            || item instanceof Group
            || item instanceof Special
            || (item instanceof Literal literal && literal.text().length() == 1);
    if (single) {
      append(item);
    } else {
      wrapped(item);
    }
    int max = capped(repeat, cap);
    if (repeat.min() == 0 && max == 1) {
      out.append('?');
    } else {
      out.append('{').append(repeat.min());
      if (max != repeat.min()) {
        out.append(',').append(max);
      }
      out.append('}');
    }
    out.append(repeat.suffix());
  }

  private void set(BitSet members) {
    if (members.isEmpty()) {
      out.append("(?!)");
      return;
    }
    boolean negated = members.cardinality() > 128;
    BitSet shown = negated ? ByteSets.complement(members) : members;
    if (shown.isEmpty()) {
      out.append("[\\x00-\\xff]");
      return;
    }
    out.append(negated ? "[^" : "[");
    for (int from = shown.nextSetBit(0); from >= 0; ) {
      int to = shown.nextClearBit(from) - 1;
      character(from);
      if (to > from) {
        if (to > from + 1) {
          out.append('-');
        }
        character(to);
      }
      from = shown.nextSetBit(to + 1);
    }
    out.append(']');
  }

  private void character(int c) {
    if (c <= ' ' || c > 0x7e) {
      out.append(String.format(java.util.Locale.ROOT, "\\x%02x", c));
    } else {
      if (SYNTAX.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append((char) c);
    }
  }
}
