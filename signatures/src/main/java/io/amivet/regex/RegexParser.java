package io.amivet.regex;

import io.amivet.regex.Node.Assertion;
import io.amivet.regex.Node.ByteSet;
import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Literal;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Reads the syntax of RE2, of Rust's and Java's {@code regex}, and most of Perl's. */
final class RegexParser {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_REPEAT = 100_000;
  private static final String NOT_NEWLINE_BEFORE = "(?<![^\\n])";
  private static final String NOT_NEWLINE_AFTER = "(?![^\\n])";

  private final String regex;
  private final Dialect dialect;
  private Flags flags = new Flags(false, false, false, false, false);
  private int at;
  private int depth;
  private int groups;

  private record Flags(
      boolean ignoreCase, boolean multiLine, boolean dotAll, boolean ungreedy, boolean free) {
    Flags with(char flag, boolean on) {
      return switch (flag) {
        case 'i' -> new Flags(on, multiLine, dotAll, ungreedy, free);
        case 'm' -> new Flags(ignoreCase, on, dotAll, ungreedy, free);
        case 's' -> new Flags(ignoreCase, multiLine, on, ungreedy, free);
        case 'U' -> new Flags(ignoreCase, multiLine, dotAll, on, free);
        case 'x' -> new Flags(ignoreCase, multiLine, dotAll, ungreedy, on);
        case 'u', 'R', 'n' -> this;
        default -> throw new IllegalArgumentException("unknown flag " + flag);
      };
    }
  }

  private RegexParser(String regex, Dialect dialect) {
    this.regex = regex;
    this.dialect = dialect;
  }

  /**
   * The tree of an expression.
   *
   * @throws IllegalArgumentException with the reason and the place
   */
  static Node parse(String regex, Dialect dialect) {
    RegexParser parser = new RegexParser(regex, dialect);
    Node node = parser.choice();
    if (parser.at < regex.length()) {
      throw parser.error(") without (");
    }
    return node;
  }

  private IllegalArgumentException error(String message) {
    return new IllegalArgumentException(message + " near index " + at);
  }

  private boolean more() {
    return at < regex.length();
  }

  private boolean take(String text) {
    boolean there = regex.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private int next() {
    if (!more()) {
      throw error("ends too early");
    }
    int c = regex.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private Node choice() {
    if (++depth > MAX_DEPTH) {
      throw error("groups nested deeper than " + MAX_DEPTH);
    }
    List<Node> options = new ArrayList<>();
    options.add(sequence());
    while (take("|")) {
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private Node sequence() {
    List<Node> items = new ArrayList<>();
    skipFree();
    while (more() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      items.add(repeats(atom()));
      skipFree();
    }
    return items.size() == 1 ? items.getFirst() : new Sequence(joined(items));
  }

  /** Neighbouring literals of the same case sensitivity become one. */
  private static List<Node> joined(List<Node> items) {
    List<Node> joined = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Literal right
          && !joined.isEmpty()
          && joined.getLast() instanceof Literal left
          && left.ignoreCase() == right.ignoreCase()) {
        joined.set(joined.size() - 1, new Literal(left.text() + right.text(), left.ignoreCase()));
      } else {
        joined.add(item);
      }
    }
    return joined;
  }

  private void skipFree() {
    while (flags.free() && more()) {
      char c = regex.charAt(at);
      if (c == '#') {
        int end = regex.indexOf('\n', at);
        at = end < 0 ? regex.length() : end + 1;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private Node repeats(Node first) {
    Node node = first;
    while (true) {
      skipFree();
      int start = at;
      Optional<Counts> counts = counts(start);
      if (counts.isEmpty()) {
        return node;
      }
      int min = counts.get().min();
      int max = counts.get().max();
      boolean lazy = take("?") != flags.ungreedy();
      String suffix = lazy ? "?" : "";
      if (dialect != Dialect.GO && !lazy && take("+")) {
        suffix = "+";
      }
      if (max < min || (min > MAX_REPEAT)) {
        at = start;
        throw error("bad repetition");
      }
      node = new Repeat(node, min, max, suffix);
    }
  }

  /** How often something is repeated. */
  private record Counts(int min, int max) {}

  /** The quantifier at {@code start}, taken; empty if there is none. */
  private Optional<Counts> counts(int start) {
    if (take("*")) {
      return Optional.of(new Counts(0, Repeat.UNBOUNDED));
    }
    if (take("+")) {
      return Optional.of(new Counts(1, Repeat.UNBOUNDED));
    }
    if (take("?")) {
      return Optional.of(new Counts(0, 1));
    }
    return more() && regex.charAt(at) == '{' ? range(start) : Optional.empty();
  }

  /** The range of {@code {n}}, {@code {n,}}, {@code {n,m}} or {@code {,m}}; empty if it is text. */
  private Optional<Counts> range(int start) {
    int close = regex.indexOf('}', start);
    String body = close < 0 ? "" : regex.substring(start + 1, close);
    if (flags.free()) {
      body = body.replaceAll("\\s+", "");
    }
    if (!body.matches("[0-9]{1,6}(?:,[0-9]{0,6})?") && !body.matches(",[0-9]{1,6}")) {
      return Optional.empty();
    }
    at = close + 1;
    int comma = body.indexOf(',');
    String lower = comma < 0 ? body : body.substring(0, comma);
    String upper = comma < 0 ? body : body.substring(comma + 1);
    return Optional.of(
        new Counts(
            lower.isEmpty() ? 0 : Integer.parseInt(lower),
            upper.isEmpty() ? Repeat.UNBOUNDED : Integer.parseInt(upper)));
  }

  private Node atom() {
    int c = next();
    return switch (c) {
      case '(' -> group();
      case '[' -> new CharacterClass().read();
      case '.' ->
          new ByteSet(ByteSets.complement(flags.dotAll() ? new BitSet() : ByteSets.ranges("\n\n")));
      case '^' -> new Assertion(flags.multiLine() ? NOT_NEWLINE_BEFORE : "\\A");
      case '$' -> new Assertion(flags.multiLine() ? NOT_NEWLINE_AFTER : "\\z");
      case '*', '+', '?' -> {
        at--;
        throw error("nothing to repeat");
      }
      case '\\' -> escape();
      default -> literal(c);
    };
  }

  private Node literal(int codePoint) {
    String bytes =
        new String(
            Character.toString(codePoint).getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1);
    boolean letter = bytes.length() == 1 && Character.isLetter(codePoint);
    return new Literal(bytes, letter && flags.ignoreCase());
  }

  private Node group() {
    Flags outer = flags;
    if (take("?#")) {
      int end = regex.indexOf(')', at);
      at = end < 0 ? regex.length() : end + 1;
      return Node.EMPTY;
    }
    for (String opening : List.of("(?=", "(?!", "(?<=", "(?<!", "(?>")) {
      if (take(opening.substring(1))) {
        return new Special(opening, closed(outer));
      }
    }
    if (take("?P<") || take("?<") || take("?'")) {
      int end = at;
      while (end < regex.length() && ">'".indexOf(regex.charAt(end)) < 0) {
        end++;
      }
      String name = regex.substring(at, end);
      at = Math.min(regex.length(), end + 1);
      int number = ++groups;
      return new Group(closed(outer), number, name);
    }
    if (!take("?")) {
      int number = ++groups;
      return new Group(closed(outer), number, "");
    }
    boolean on = true;
    while (true) {
      int c = next();
      if (c == ')') {
        return Node.EMPTY;
      }
      if (c == ':') {
        return closed(outer);
      }
      if (c == '-') {
        on = false;
      } else if (c == '^') {
        flags = new Flags(false, false, false, false, false);
      } else {
        flags = flags.with((char) c, on);
      }
    }
  }

  /** What a group holds, and its end; flags set within end with it. */
  private Node closed(Flags outer) {
    Node node = choice();
    if (!take(")")) {
      throw error("( without )");
    }
    flags = outer;
    // Kept apart from its neighbours: what follows repeats all of it.
    return node instanceof Literal text && text.text().length() > 1
        ? new Sequence(List.of(node))
        : node;
  }

  private Node escape() {
    int c = next();
    return switch (c) {
      case 'A' -> new Assertion("\\A");
      case 'z' -> new Assertion("\\z");
      case 'Z' -> new Assertion("(?=\\n?\\z)");
      case 'b' -> wordBoundary();
      case 'B' -> new Assertion("\\B");
      case '<' -> new Assertion("\\b(?=\\w)");
      case '>' -> new Assertion("\\b(?<=\\w)");
      case 'C' -> new ByteSet(ByteSets.complement(new BitSet()));
      case 'N' -> new ByteSet(ByteSets.complement(ByteSets.ranges("\n\n")));
      case 'R' ->
          new Choice(List.of(new Literal("\r\n", false), new ByteSet(ByteSets.ranges("\n\r"))));
      case 'K', 'G', 'X', 'k' -> throw error("\\" + (char) c + " is not supported");
      case 'Q' -> quoted();
      default -> otherEscape(c);
    };
  }

  private Assertion wordBoundary() {
    if (take("{start}") || take("{start-half}")) {
      return new Assertion("\\b(?=\\w)");
    }
    if (take("{end}") || take("{end-half}")) {
      return new Assertion("\\b(?<=\\w)");
    }
    return new Assertion("\\b");
  }

  private Node quoted() {
    int end = regex.indexOf("\\E", at);
    int stop = end < 0 ? regex.length() : end;
    String text =
        new String(
            regex.substring(at, stop).getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1);
    at = end < 0 ? stop : end + 2;
    return new Sequence(List.of(new Literal(text, flags.ignoreCase())));
  }

  private Node otherEscape(int c) {
    if (c >= '1' && c <= '9') {
      throw error("back references are not supported");
    }
    BitSet set = escapedSet(c);
    if (!set.isEmpty()) {
      return byteSet(set);
    }
    return literal(escapedCharacter(c));
  }

  private ByteSet byteSet(BitSet set) {
    BitSet folded = (BitSet) set.clone();
    if (flags.ignoreCase()) {
      ByteSets.foldCase(folded);
    }
    return new ByteSet(folded);
  }

  /** The set of {@code \d}, {@code \pL} and the like; empty if it is something else. */
  private BitSet escapedSet(int letter) {
    if (letter == 'p' || letter == 'P') {
      String name;
      if (take("{")) {
        int close = regex.indexOf('}', at);
        if (close < 0) {
          throw error("{ without }");
        }
        name = regex.substring(at, close);
        at = close + 1;
      } else {
        name = Character.toString(next());
      }
      boolean negated = (letter == 'P') != name.startsWith("^");
      String plain = name.startsWith("^") ? name.substring(1) : name;
      BitSet set = ByteSets.property(plain).orElseThrow(() -> error("unknown property " + plain));
      BitSet result = negated ? ByteSets.complement(set) : set;
      if (negated) {
        result.set(0x80, 0x100);
      }
      return result;
    }
    if (letter > 0x7f) {
      return new BitSet();
    }
    return ByteSets.perl((char) letter, dialect).orElseGet(BitSet::new);
  }

  private int escapedCharacter(int c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0b;
      case 'a' -> 0x07;
      case 'e' -> 0x1b;
      case '0' -> {
        int end = at;
        while (end < regex.length()
            && end < at + 2
            && regex.charAt(end) >= '0'
            && regex.charAt(end) <= '7') {
          end++;
        }
        String digits = regex.substring(at, end);
        at = end;
        yield digits.isEmpty() ? 0 : Integer.parseInt(digits, 8);
      }
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> {
        if (Character.isLetterOrDigit(c) && c < 0x80) {
          at--;
          throw error("unknown escape \\" + Character.toString(c));
        }
        yield c;
      }
    };
  }

  private int hex(int digits) {
    int end;
    String text;
    if (take("{")) {
      end = regex.indexOf('}', at);
      text = end < 0 ? "" : regex.substring(at, end);
      end++;
    } else {
      end = Math.min(regex.length(), at + digits);
      text = regex.substring(at, end);
    }
    try {
      int value = Integer.parseInt(text.strip(), 16);
      if (!Character.isValidCodePoint(value)) {
        throw error("not a character");
      }
      at = end;
      return value;
    } catch (NumberFormatException e) {
      throw error("not hexadecimal: " + text);
    }
  }

  /** A bracketed class, with nested ones and set operations. */
  private final class CharacterClass {
    private static final int MAX_WIDE = 64;
    private static final String HIGH_CHARACTER = "\u00c2\u00f4";

    /** Characters beyond ASCII that are listed, and whether a range of such is. */
    private final List<Integer> wide = new ArrayList<>();

    private boolean wideRange;

    Node read() {
      BitSet set = union();
      if (wide.isEmpty() && !wideRange) {
        return new ByteSet(set);
      }
      List<Node> options = new ArrayList<>();
      if (!set.isEmpty()) {
        options.add(new ByteSet(set));
      }
      if (wideRange || wide.size() > MAX_WIDE) {
        options.add(
            new Sequence(
                List.of(
                    new ByteSet(ByteSets.ranges(HIGH_CHARACTER)),
                    new Repeat(new ByteSet(ByteSets.ranges("\u0080\u00bf")), 1, 3, ""))));
      } else {
        wide.forEach(c -> options.add(literal(c)));
      }
      return options.size() == 1 ? options.getFirst() : new Choice(options);
    }

    private boolean nests() {
      return dialect == Dialect.RUST || dialect == Dialect.JAVA;
    }

    private void skip() {
      if (dialect == Dialect.RUST) {
        skipFree();
      }
    }

    /** After the opening bracket; takes the closing one. */
    private BitSet union() {
      if (++depth > MAX_DEPTH) {
        throw error("classes nested deeper than " + MAX_DEPTH);
      }
      skip();
      boolean negated = take("^");
      skip();
      BitSet set = new BitSet(256);
      boolean first = true;
      while (true) {
        skip();
        if (!first && take("]")) {
          break;
        }
        if (!more()) {
          throw error("[ without ]");
        }
        if (dialect != Dialect.GO && !first && operation(set)) {
          break;
        }
        item(set);
        first = false;
      }
      depth--;
      if (flags.ignoreCase()) {
        ByteSets.foldCase(set);
      }
      if (!negated) {
        return set;
      }
      wide.clear();
      wideRange = false;
      BitSet other = ByteSets.complement(set);
      return other;
    }

    /** The rest of the class after {@code &&}, {@code --} or {@code ~~}. */
    private boolean operation(BitSet set) {
      if (!nests()) {
        return false;
      }
      boolean and = take("&&");
      boolean minus = !and && dialect == Dialect.RUST && take("--");
      if (!and && !minus && !(dialect == Dialect.RUST && take("~~"))) {
        return false;
      }
      BitSet right = rest();
      if (and) {
        set.and(right);
      } else if (minus) {
        set.andNot(right);
      } else {
        set.xor(right);
      }
      return true;
    }

    private BitSet rest() {
      BitSet right = new BitSet(256);
      while (true) {
        skip();
        if (take("]")) {
          return right;
        }
        if (!more()) {
          throw error("[ without ]");
        }
        if (operation(right)) {
          return right;
        }
        item(right);
      }
    }

    private void item(BitSet set) {
      if (take("[:")) {
        int end = regex.indexOf(":]", at);
        String name = end < 0 ? "" : regex.substring(at, end);
        boolean negated = name.startsWith("^");
        BitSet named = ByteSets.posix(negated ? name.substring(1) : name).orElse(null);
        if (named != null) {
          at = end + 2;
          set.or(negated ? ByteSets.complement(named) : named);
          return;
        }
        at -= 2;
      }
      if (nests() && take("[")) {
        set.or(union());
        return;
      }
      int from = member(set);
      if (from < 0) {
        return;
      }
      skip();
      int mark = at;
      if (take("-")
          && more()
          && regex.charAt(at) != ']'
          && !(dialect == Dialect.RUST && regex.charAt(at) == '-')) {
        skip();
        int to = member(set);
        if (to >= 0) {
          add(set, from, to);
          return;
        }
        set.set('-');
      } else {
        at = mark;
      }
      add(set, from, from);
    }

    private void add(BitSet set, int from, int to) {
      if (to < from) {
        throw error("backward range");
      }
      if (from < 0x80) {
        set.set(from, Math.min(to, 0x7f) + 1);
      }
      if (to >= 0x80) {
        if (from == to) {
          wide.add(from);
        } else {
          wideRange = true;
        }
      }
    }

    /** A single character, or -1 where a whole set was added. */
    private int member(BitSet set) {
      int c = next();
      if (c != '\\') {
        return c;
      }
      int escaped = next();
      if (escaped == 'b') {
        return 0x08;
      }
      BitSet named = escapedSet(escaped);
      if (!named.isEmpty()) {
        set.or(named);
        return -1;
      }
      return escapedCharacter(escaped);
    }
  }
}
