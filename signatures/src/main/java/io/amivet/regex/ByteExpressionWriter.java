package io.amivet.regex;

import io.amivet.regex.Node.Assertion;
import io.amivet.regex.Node.ByteSet;
import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Literal;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Writes the beginning of an expression for an automaton: long enough to be rare, short enough to
 * be cheap. What an automaton cannot follow is left out, so that it matches more, never less.
 */
final class ByteExpressionWriter {
  /** What a beginning has at least before it may end with a keyword. */
  private static final int MIN_CHARS = 6;

  /** States that the written beginning needs at most, once it holds a keyword. */
  private static final int MAX_POSITIONS = 64;

  /** Repetitions of more states than this end the beginning, once it holds a keyword. */
  private static final int LONG_REPEAT = 12;

  /** Repetitions beyond this are written as if they had no end. */
  private static final int MAX_COUNTED = 64;

  /** Keywords that are everywhere: a beginning does not end with one of these. */
  private static final Set<String> EVERYDAY_WORDS =
      Set.of(
          "access",
          "account",
          "bootstrap",
          "branch",
          "client",
          "cursor",
          "github",
          "goog",
          "google",
          "linear",
          "matrix",
          "password",
          "private",
          "secret",
          "security",
          "segment",
          "session",
          "spaces",
          "token");

  private static final HexFormat HEX = HexFormat.of();

  private final List<String> keywords;
  private final List<ByteExpression> written;
  private final StringBuilder out = new StringBuilder();
  private long positions;
  private long minChars;
  private long maxChars;

  private ByteExpressionWriter(List<String> keywords, List<ByteExpression> written) {
    this.keywords = keywords;
    this.written = written;
  }

  /**
   * Writes the beginning of {@code root}, perhaps as several expressions of different lengths.
   *
   * @param keywords in lower case
   * @return each match begins with one of these; empty if it may begin with anything
   */
  static List<ByteExpression> write(Node root, List<String> keywords) {
    List<String> rare = keywords.stream().filter(word -> !EVERYDAY_WORDS.contains(word)).toList();
    List<ByteExpression> written = new ArrayList<>();
    new ByteExpressionWriter(rare, written).writeBeginning(flattened(root));
    boolean usable =
        written.stream().allMatch(one -> one.minChars() > 0 && one.maxChars() < Integer.MAX_VALUE);
    return usable ? List.copyOf(written) : List.of();
  }

  /** Writes all of a node. */
  static String text(Node node) {
    ByteExpressionWriter writer = new ByteExpressionWriter(List.of(), new ArrayList<>());
    writer.append(node);
    return writer.out.toString();
  }

  private static List<Node> flattened(Node root) {
    List<Node> items = new ArrayList<>();
    flatten(root, items);
    return items;
  }

  private static void flatten(Node node, List<Node> items) {
    switch (node) {
      case Sequence sequence -> sequence.items().forEach(item -> flatten(item, items));
      case Group group -> flatten(group.item(), items);
      case Special special when special.consumes() -> flatten(special.item(), items);
      default -> items.add(node);
    }
  }

  private void writeBeginning(List<Node> items) {
    if (beginning(items)) {
      written.add(
          new ByteExpression(
              out.toString(),
              (int) Math.min(minChars, Integer.MAX_VALUE),
              (int) Math.min(maxChars, Integer.MAX_VALUE)));
    }
  }

  /** False if it went on as several expressions. */
  private boolean beginning(List<Node> items) {
    int end = endOfConsuming(items);
    for (int i = 0; i < end; i++) {
      Node item = items.get(i);
      boolean rare = isRare(items.subList(0, i));
      boolean tooMuch = rare && positions + positions(item) > MAX_POSITIONS;
      if (item instanceof Repeat repeat
          && (i == end - 1 || tooMuch || (rare && positions(item) > LONG_REPEAT))) {
        // Its least is in every match; what may follow is for the rule itself to see.
        int least = Math.min(repeat.min(), MAX_COUNTED);
        item = new Repeat(repeat.item(), least, least, "");
        end = i + 1;
      } else if (tooMuch) {
        return true;
      }
      if (item instanceof Choice choice
          && choice.options().stream().anyMatch(ByteExpressionWriter::looksAhead)) {
        fork(choice.options(), items.subList(i + 1, end));
        return false;
      }
      if (i == 0 && item instanceof Special special) {
        notBehind(special);
      } else {
        append(item);
        count(item);
      }
    }
    return true;
  }

  private boolean isRare(List<Node> written) {
    return minChars >= MIN_CHARS && KeywordLead.of(new Sequence(written), keywords).isPresent();
  }

  private static int endOfConsuming(List<Node> items) {
    int end = items.size();
    while (end > 0 && Lengths.max(items.get(end - 1)) == 0) {
      end--;
    }
    return end;
  }

  /**
   * Options that look ahead end with what they see, the others go on with the rest: they differ in
   * length, so each gets an expression of its own.
   */
  private void fork(List<Node> options, List<Node> rest) {
    List<Node> others = new ArrayList<>();
    for (Node option : options) {
      if (looksAhead(option)) {
        List<Node> items = flattened(option);
        flatten(((Special) items.removeLast()).item(), items);
        branch(items);
      } else {
        others.add(option);
      }
    }
    if (!others.isEmpty()) {
      List<Node> items = new ArrayList<>();
      items.add(new Choice(others));
      items.addAll(rest);
      branch(items);
    }
  }

  private void branch(List<Node> items) {
    ByteExpressionWriter branch = new ByteExpressionWriter(keywords, written);
    branch.out.append(out);
    branch.positions = positions;
    branch.minChars = minChars;
    branch.maxChars = maxChars;
    branch.writeBeginning(items);
  }

  private static boolean looksAhead(Node option) {
    return option instanceof Sequence sequence
        && !sequence.items().isEmpty()
        && sequence.items().getLast() instanceof Special special
        && special.opening().equals("(?=");
  }

  /** A byte that must not come before the match: another one does, or the file begins. */
  private void notBehind(Special special) {
    if (special.opening().equals("(?<!") && special.item() instanceof ByteSet not) {
      out.append("(?:^|");
      set(ByteSets.complement(not.members()));
      out.append(')');
    }
  }

  private void count(Node item) {
    positions += positions(item);
    minChars += Lengths.min(item);
    maxChars += Lengths.max(item);
  }

  /** States that the automaton of a node has, about. */
  private static long positions(Node node) {
    return switch (node) {
      case Literal literal -> literal.text().length();
      case ByteSet _ -> 1;
      case Sequence sequence -> positions(sequence.items());
      case Choice choice -> positions(choice.options());
      case Repeat repeat -> positions(repeat.item()) * times(repeat);
      case Group group -> positions(group.item());
      case Assertion _ -> 0;
      case Special special -> special.consumes() ? positions(special.item()) : 0;
    };
  }

  private static long positions(List<Node> nodes) {
    return nodes.stream().mapToLong(ByteExpressionWriter::positions).sum();
  }

  private static int times(Repeat repeat) {
    return repeat.max() <= MAX_COUNTED ? repeat.max() : Math.min(repeat.min(), MAX_COUNTED) + 1;
  }

  private void append(Node node) {
    switch (node) {
      case Literal literal -> literal(literal);
      case ByteSet set -> set(set.members());
      case Sequence sequence -> sequence.items().forEach(this::append);
      case Choice choice -> choice(choice.options());
      case Repeat repeat -> repeat(repeat);
      case Group group -> append(group.item());
      case Assertion assertion -> assertion(assertion.java());
      case Special special -> {
        if (special.consumes()) {
          append(special.item());
        }
      }
    }
  }

  private void assertion(String java) {
    switch (java) {
      case "\\b", "\\B" -> out.append(java);
      case "\\A" -> out.append('^');
      default -> {
        // Left out: it would only keep matches away.
      }
    }
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
    String separator = "(?:";
    for (Node option : options) {
      out.append(separator);
      append(option);
      separator = "|";
    }
    out.append(')');
  }

  private void repeat(Repeat repeat) {
    if (repeat.max() == 0) {
      return;
    }
    int least = Math.min(repeat.min(), MAX_COUNTED);
    out.append("(?:");
    append(repeat.item());
    out.append("){").append(least);
    if (repeat.max() > MAX_COUNTED) {
      out.append(',');
    } else if (repeat.max() > least) {
      out.append(',').append(repeat.max());
    }
    out.append('}');
  }

  private void set(BitSet members) {
    if (members.cardinality() == 1) {
      character(members.nextSetBit(0));
      return;
    }
    out.append(members.isEmpty() ? "[^\\x00-\\xff" : "[");
    for (int from = members.nextSetBit(0); from >= 0; ) {
      int to = members.nextClearBit(from) - 1;
      character(from);
      if (to > from) {
        out.append('-');
        character(to);
      }
      from = members.nextSetBit(to + 1);
    }
    out.append(']');
  }

  private void character(int c) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_') {
      out.append((char) c);
    } else {
      out.append("\\x").append(HEX.toHexDigits((byte) c));
    }
  }
}
