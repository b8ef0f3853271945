package io.amivet.glob;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A pattern for one name of a path: literals, {@code ?}, {@code *}, {@code [a-z]} and {@code
 * [!a-z]} as in glob(7). Matching never backtracks further than the last {@code *}, so it takes at
 * most (length of name) × (length of pattern) steps.
 */
final class NamePattern {
  private static final int STAR = -1;
  private static final int ANY = -2;
  private static final int FIRST_CLASS = -3;

  /** A char to equal, or {@link #STAR}, {@link #ANY}, or {@code FIRST_CLASS - index of a class}. */
  private final int[] tokens;

  private final BitSet[] classes;
  private final String text;
  private final boolean literal;

  private NamePattern(String text, int[] tokens, BitSet[] classes) {
    this.text = text;
    this.tokens = tokens;
    this.classes = classes;
    boolean plain = true;
    for (int token : tokens) {
      plain &= token >= 0;
    }
    this.literal = plain;
  }

  static NamePattern parse(String text) {
    int[] tokens = new int[text.length()];
    BitSet[] classes = new BitSet[text.length()];
    int count = 0;
    int classCount = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[') {
        int end = text.indexOf(']', i + 2);
        if (end < 0) {
          throw new IllegalArgumentException("[ without ] in glob: " + text);
        }
        classes[classCount] = characterClass(text.substring(i + 1, end));
        tokens[count++] = FIRST_CLASS - classCount++;
        i = end;
      } else if (c == '*') {
        if (count == 0 || tokens[count - 1] != STAR) {
          tokens[count++] = STAR;
        }
      } else {
        tokens[count++] = c == '?' ? ANY : c;
      }
    }
    return new NamePattern(text, Arrays.copyOf(tokens, count), Arrays.copyOf(classes, classCount));
  }

  private static BitSet characterClass(String body) {
    boolean negated = body.startsWith("!") || body.startsWith("^");
    String members = negated ? body.substring(1) : body;
    BitSet set = new BitSet(256);
    for (int i = 0; i < members.length(); i++) {
      char from = members.charAt(i);
      char to = from;
      if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
        to = members.charAt(i + 2);
        i += 2;
      }
      if (to < from) {
        throw new IllegalArgumentException("backward range in glob: [" + body + "]");
      }
      set.set(from, to + 1);
    }
    if (negated) {
      set.flip(0, 256);
      set.clear('/');
    }
    return set;
  }

  /** Whether {@code path[from, to)} matches. */
  boolean matches(String path, int from, int to) {
    if (literal) {
      return to - from == text.length() && path.startsWith(text, from);
    }
    int token = 0;
    int at = from;
    int starToken = -1;
    int starAt = from;
    while (at < to) {
      if (token < tokens.length && tokens[token] == STAR) {
        starToken = token++;
        starAt = at;
      } else if (token < tokens.length && accepts(tokens[token], path.charAt(at))) {
        token++;
        at++;
      } else if (starToken >= 0) {
        token = starToken + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == STAR) {
      token++;
    }
    return token == tokens.length;
  }

  private boolean accepts(int token, char c) {
    if (token >= 0) {
      return token == c;
    }
    return token == ANY || (token <= FIRST_CLASS && classes[FIRST_CLASS - token].get(c));
  }
}
