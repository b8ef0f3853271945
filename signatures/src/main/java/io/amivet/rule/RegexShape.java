package io.amivet.rule;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How long a match of a regular expression can be. Engines look at a window of that size around a
 * keyword, so an expression whose matches have no limit, or one above {@link #MAX_MATCH_CHARS}, is
 * refused; so are back references, which no automaton can follow.
 *
 * @param pattern the compiled expression
 * @param maxChars of the longest match, what lookaround sees beside it not counted
 */
public record RegexShape(Pattern pattern, int maxChars) {
  public static final int MAX_MATCH_CHARS = 4096;

  /**
   * Compiles and measures an expression.
   *
   * @throws IllegalArgumentException with the reason if the expression cannot be used
   */
  public static RegexShape of(String regex) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + " near index " + e.getIndex(), e);
    }
    long max = new Measure(regex).measure();
    if (max > MAX_MATCH_CHARS) {
      throw new IllegalArgumentException(
          "a match may be longer than "
              + MAX_MATCH_CHARS
              + " characters; bound the quantifiers, {0,200} instead of *");
    }
    return new RegexShape(pattern, (int) max);
  }

  /**
   * Walks over the syntax of {@code java.util.regex}; the expression compiled, so that only what
   * matters for lengths needs understanding.
   */
  private static final class Measure {
    private static final long UNBOUNDED = 1L << 40;
    private static final int MAX_DEPTH = 50;

    private final String regex;
    private int at;
    private int depth;

    Measure(String regex) {
      this.regex = regex;
    }

    long measure() {
      long max = alternatives();
      if (at < regex.length()) {
        throw new IllegalArgumentException("cannot measure the expression at index " + at);
      }
      return max;
    }

    private long alternatives() {
      if (++depth > MAX_DEPTH) {
        throw new IllegalArgumentException("groups nested deeper than " + MAX_DEPTH);
      }
      long max = sequence();
      while (at < regex.length() && regex.charAt(at) == '|') {
        at++;
        max = Math.max(max, sequence());
      }
      depth--;
      return max;
    }

    private long sequence() {
      long sum = 0;
      while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
        sum = Math.min(UNBOUNDED, sum + product(atom(), maxRepeats()));
      }
      return sum;
    }

    private static long product(long length, long repeats) {
      return length == 0 || repeats <= UNBOUNDED / length ? length * repeats : UNBOUNDED;
    }

    private long atom() {
      char c = regex.charAt(at++);
      return switch (c) {
        case '^', '$' -> 0;
        case '(' -> group();
        case '[' -> {
          skipClass();
          yield 1;
        }
        case '\\' -> escape();
        default -> 1;
      };
    }

    private long group() {
      boolean zeroWidth =
          regex.startsWith("?=", at)
              || regex.startsWith("?!", at)
              || regex.startsWith("?<=", at)
              || regex.startsWith("?<!", at);
      if (at < regex.length() && regex.charAt(at) == '?' && !skipGroupHead()) {
        return 0;
      }
      long max = alternatives();
      at++; // the closing parenthesis
      return zeroWidth ? 0 : max;
    }

    /** Returns false where the whole group was a switch of flags, {@code (?i)}. */
    private boolean skipGroupHead() {
      at++;
      while (":=!>".indexOf(regex.charAt(at)) < 0) {
        if (regex.charAt(at) == ')') {
          at++;
          return false;
        }
        at++;
      }
      at++;
      return true;
    }

    private void skipClass() {
      int open = 1;
      boolean first = true;
      while (open > 0) {
        char c = regex.charAt(at++);
        if (c == '\\') {
          at++;
        } else if (c == '[') {
          open++;
        } else if (c == ']' && !first) {
          open--;
        }
        first = false;
      }
    }

    private long escape() {
      char c = regex.charAt(at++);
      if ((c >= '1' && c <= '9') || c == 'k' || c == 'Q' || c == 'X' || c == 'R') {
        throw new IllegalArgumentException("\\" + c + " is not supported");
      }
      if (c == 'x') {
        at += 2;
      } else if (c == 'u') {
        at += 4;
      } else if (c == 'p' || c == 'P') {
        at = regex.charAt(at) == '{' ? regex.indexOf('}', at) + 1 : at + 1;
      }
      return "bBAzZG".indexOf(c) >= 0 ? 0 : 1;
    }

    private long maxRepeats() {
      if (at == regex.length()) {
        return 1;
      }
      char c = regex.charAt(at);
      long max = 1;
      if (c == '*' || c == '+' || c == '?') {
        at++;
        max = c == '?' ? 1 : UNBOUNDED;
      } else if (c == '{') {
        int close = regex.indexOf('}', at);
        max = upperBound(regex.substring(at + 1, close));
        at = close + 1;
      } else {
        return 1;
      }
      if (at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
        at++;
      }
      return max;
    }

    private static long upperBound(String range) {
      int comma = range.indexOf(',');
      String upper = comma < 0 ? range : range.substring(comma + 1);
      return upper.isEmpty() ? UNBOUNDED : Long.parseLong(upper.strip());
    }
  }
}
