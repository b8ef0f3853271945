package io.amivet.regex;

import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression of another tool, made ready for {@code java.util.regex} over bytes as
 * Latin-1. Characters beyond ASCII become their UTF-8 bytes; repetitions without a limit get one,
 * so that no match is longer than {@link #MAX_MATCH_CHARS}.
 */
public final class ForeignRegex {
  public static final int MAX_MATCH_CHARS = 4096;

  private final Node root;
  private final List<Group> groups = new ArrayList<>();

  private ForeignRegex(Node root) {
    this.root = root;
    collect(root);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with the reason and the place if it cannot be used
   */
  public static ForeignRegex parse(String regex, Dialect dialect) {
    try {
      return new ForeignRegex(RegexParser.parse(regex, dialect));
    } catch (IllegalArgumentException e) {
      if (dialect != Dialect.RUST) {
        throw e;
      }
      try {
        return new ForeignRegex(RegexParser.parse(regex, Dialect.PCRE));
      } catch (IllegalArgumentException again) {
        throw e;
      }
    }
  }

  private void collect(Node node) {
    switch (node) {
      case Sequence sequence -> sequence.items().forEach(this::collect);
      case Choice choice -> choice.options().forEach(this::collect);
      case Repeat repeat -> collect(repeat.item());
      case Special special -> collect(special.item());
      case Group group -> {
        groups.add(group);
        collect(group.item());
      }
      default -> {
        // No group below.
      }
    }
  }

  public int groupCount() {
    return groups.size();
  }

  /** The number of the group called {@code name}, case ignored. */
  public Optional<Integer> groupNamed(String name) {
    return groups.stream()
        .filter(group -> group.name().equalsIgnoreCase(name))
        .map(Group::number)
        .findFirst();
  }

  /**
   * For {@code java.util.regex}. No group but the secret's has a name.
   *
   * @param secretGroup the group to call {@code secret}; 0 to leave all as they are
   * @throws IllegalArgumentException if a match is longer than the engine's window
   */
  public String toJava(int secretGroup) {
    int low = 0;
    int high = MAX_MATCH_CHARS;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (JavaRegexWriter.maxChars(root, middle) <= MAX_MATCH_CHARS) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (JavaRegexWriter.maxChars(root, low) > MAX_MATCH_CHARS) {
      throw new IllegalArgumentException(
          "the shortest match is longer than " + MAX_MATCH_CHARS + " characters");
    }
    return JavaRegexWriter.write(root, low, secretGroup);
  }

  /** For texts that are short anyway, such as paths and secrets. */
  public String toJava() {
    return toJava(0);
  }

  /** Lower-case literals, one of which lies in every match; empty if there are none. */
  public List<String> requiredLiterals() {
    return RequiredLiterals.of(root);
  }
}
