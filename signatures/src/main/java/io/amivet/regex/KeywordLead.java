package io.amivet.regex;

import io.amivet.regex.Node.Assertion;
import io.amivet.regex.Node.ByteSet;
import io.amivet.regex.Node.Choice;
import io.amivet.regex.Node.Group;
import io.amivet.regex.Node.Literal;
import io.amivet.regex.Node.Repeat;
import io.amivet.regex.Node.Sequence;
import io.amivet.regex.Node.Special;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How far behind the start of a match one of its keywords can begin, at most. For most rules a
 * keyword is what a match begins with, so that a single place has to be tried for it.
 */
final class KeywordLead {
  private static final int UNKNOWN = Integer.MAX_VALUE;
  private static final int MAX_TEXTS = 256;

  private final List<String> keywords;

  private KeywordLead(List<String> keywords) {
    this.keywords = keywords;
  }

  /**
   * The least number so that every match of {@code root} has a keyword which begins at or before
   * that offset; empty if none is known.
   *
   * @param keywords in lower case
   */
  static OptionalInt of(Node root, List<String> keywords) {
    int lead = new KeywordLead(keywords).lead(root);
    return lead == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(lead);
  }

  private int lead(Node node) {
    Set<String> texts = RequiredLiterals.exact(node);
    int known = texts.isEmpty() ? UNKNOWN : lead(texts);
    if (known != UNKNOWN) {
      return known;
    }
    return switch (node) {
      case Sequence sequence -> lead(sequence.items());
      case Choice choice -> choice.options().stream().mapToInt(this::lead).max().orElse(UNKNOWN);
      case Repeat repeat -> repeat.min() > 0 ? lead(repeat.item()) : UNKNOWN;
      case Group group -> lead(group.item());
      case Special special -> special.consumes() ? lead(special.item()) : UNKNOWN;
      case Literal _, ByteSet _, Assertion _ -> UNKNOWN;
    };
  }

  /** Texts of which a match has exactly one: the worst of them counts. */
  private int lead(Set<String> texts) {
    int worst = 0;
    for (String text : texts) {
      int first = UNKNOWN;
      for (String keyword : keywords) {
        int at = text.indexOf(keyword);
        first = at < 0 ? first : Math.min(first, at);
      }
      worst = Math.max(worst, first);
    }
    return worst;
  }

  private int lead(List<Node> items) {
    int best = UNKNOWN;
    long runStart = 0;
    long offset = 0;
    Set<String> run = Set.of("");
    for (Node item : items) {
      if (item instanceof Special ahead && ahead.opening().equals("(?=")) {
        Set<String> seen = joined(run, RequiredLiterals.exact(ahead.item()));
        best = Math.min(best, seen.isEmpty() ? UNKNOWN : sum(runStart, lead(seen)));
      }
      Set<String> texts = RequiredLiterals.exact(item);
      Set<String> longer = texts.isEmpty() ? Set.of() : joined(run, texts);
      best = Math.min(best, sum(offset, lead(item)));
      if (longer.isEmpty()) {
        runStart = offset;
        run = texts.isEmpty() ? Set.of("") : texts;
        if (texts.isEmpty()) {
          runStart = offset + maxChars(item);
        }
      } else {
        run = longer;
      }
      offset += maxChars(item);
      best = Math.min(best, sum(runStart, lead(run)));
    }
    return best;
  }

  private static int sum(long offset, int lead) {
    long sum = offset + lead;
    return lead == UNKNOWN || sum >= UNKNOWN ? UNKNOWN : (int) sum;
  }

  private static long maxChars(Node node) {
    return JavaRegexWriter.maxChars(node, Repeat.UNBOUNDED);
  }

  private static Set<String> joined(Set<String> run, Set<String> texts) {
    if (run.size() * texts.size() > MAX_TEXTS) {
      return Set.of();
    }
    Set<String> all = new LinkedHashSet<>();
    run.forEach(left -> texts.forEach(right -> all.add(left + right)));
    return all;
  }
}
