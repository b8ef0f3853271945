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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Literals, one of which lies in every match: what a search can look for before it tries the
 * expression. In lower case, printable ASCII, at least three characters.
 */
final class RequiredLiterals {
  private static final int MIN_CHARS = 3;
  private static final int ENOUGH_CHARS = 8;

  /** Of a set of characters: as many as there are digits. */
  private static final int MAX_OF_SET = 10;

  private static final int MAX_EXACT = 64;
  private static final int MAX_LITERALS = 128;
  private static final int MAX_CHARS = 64;
  private static final Set<String> NOTHING = Set.of("");

  /**
   * What is known of all matches of a node.
   *
   * @param exact all of them, if they are few; else empty
   * @param within literals of which each match has one; empty if none are known
   */
  private record Known(Set<String> exact, Set<String> within) {}

  private RequiredLiterals() {}

  static List<String> of(Node node) {
    Known known = know(node);
    return List.copyOf(better(known.within(), usable(known.exact())));
  }

  /** All matches of a node in lower case, if they are few; else none. */
  static Set<String> exact(Node node) {
    return know(node).exact();
  }

  private static Known know(Node node) {
    return switch (node) {
      case Literal literal -> literal(literal.text());
      case ByteSet set -> set(set.members());
      case Sequence sequence -> sequence(sequence.items());
      case Choice choice -> choice(choice.options());
      case Repeat repeat -> repeat(repeat);
      case Group group -> know(group.item());
      case Assertion _ -> new Known(NOTHING, Set.of());
      case Special special ->
          special.consumes() ? know(special.item()) : new Known(NOTHING, Set.of());
    };
  }

  private static Known literal(String text) {
    if (text.chars().allMatch(RequiredLiterals::isPrintable) && text.length() <= MAX_CHARS) {
      return new Known(Set.of(text.toLowerCase(Locale.ROOT)), Set.of());
    }
    Set<String> best = Set.of();
    for (String part : text.split("[^ -~]+", -1)) {
      String head = part.substring(0, Math.min(MAX_CHARS, part.length()));
      best = better(best, usable(Set.of(head.toLowerCase(Locale.ROOT))));
    }
    return new Known(Set.of(), best);
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' && c <= '~';
  }

  private static Known set(BitSet members) {
    Set<String> exact = new LinkedHashSet<>();
    for (int c = members.nextSetBit(0); c >= 0; c = members.nextSetBit(c + 1)) {
      if (!isPrintable(c) || exact.size() == MAX_OF_SET) {
        return new Known(Set.of(), Set.of());
      }
      exact.add(Character.toString(c).toLowerCase(Locale.ROOT));
    }
    return new Known(exact, Set.of());
  }

  private static Known sequence(List<Node> items) {
    Set<String> run = NOTHING;
    Set<String> best = Set.of();
    boolean whole = true;
    for (Node item : items) {
      Known known = know(item);
      Set<String> longer = product(run, known.exact());
      best = better(best, known.within());
      if (longer.isEmpty()) {
        best = better(best, usable(run));
        whole = false;
        run = known.exact().isEmpty() ? NOTHING : known.exact();
      } else {
        run = longer;
      }
    }
    best = better(best, usable(run));
    return new Known(whole ? run : Set.of(), best);
  }

  /** All of {@code left} followed by all of {@code right}; empty if that is too much. */
  private static Set<String> product(Set<String> left, Set<String> right) {
    Set<String> all = new LinkedHashSet<>();
    if (left.size() * right.size() > MAX_EXACT) {
      return Set.of();
    }
    for (String first : left) {
      for (String second : right) {
        if (first.length() + second.length() > MAX_CHARS) {
          return Set.of();
        }
        all.add(first + second);
      }
    }
    return all;
  }

  private static Known choice(List<Node> options) {
    Set<String> exact = new LinkedHashSet<>();
    Set<String> within = new LinkedHashSet<>();
    boolean allExact = true;
    boolean allWithin = true;
    for (Node option : options) {
      Known known = know(option);
      allExact &= !known.exact().isEmpty();
      exact.addAll(known.exact());
      Set<String> best = better(known.within(), usable(known.exact()));
      allWithin &= !best.isEmpty();
      within.addAll(best);
    }
    return new Known(
        allExact && exact.size() <= MAX_EXACT ? exact : Set.of(),
        allWithin && within.size() <= MAX_LITERALS ? within : Set.of());
  }

  private static Known repeat(Repeat repeat) {
    Known once = know(repeat.item());
    if (repeat.min() == 0) {
      Set<String> exact = new LinkedHashSet<>();
      if (repeat.max() == 1 && !once.exact().isEmpty()) {
        exact.addAll(once.exact());
        exact.add("");
      }
      return new Known(exact, Set.of());
    }
    Set<String> exact = NOTHING;
    for (int i = 0; i < Math.min(repeat.min(), ENOUGH_CHARS) && !exact.isEmpty(); i++) {
      exact = product(exact, once.exact());
    }
    if (repeat.min() == repeat.max() && repeat.min() <= ENOUGH_CHARS) {
      return new Known(exact, once.within());
    }
    return new Known(Set.of(), better(once.within(), usable(exact)));
  }

  private static Set<String> usable(Set<String> literals) {
    boolean usable = !literals.isEmpty() && shortest(literals) >= MIN_CHARS;
    return usable ? literals : Set.of();
  }

  private static int shortest(Set<String> literals) {
    return literals.stream().mapToInt(String::length).min().orElse(0);
  }

  /** The rarer of two: longer, or as long and fewer. */
  private static Set<String> better(Set<String> one, Set<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    int left = Math.min(ENOUGH_CHARS, shortest(one));
    int right = Math.min(ENOUGH_CHARS, shortest(other));
    if (left != right) {
      return left > right ? one : other;
    }
    return other.size() < one.size() ? other : one;
  }
}
