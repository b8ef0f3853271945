package io.amivet.rule;

/**
 * The expression of a whole token, {@code token: 'glpat-[A-Za-z0-9_-]{20}'}: what must not stand
 * before and after it is added, so that no rule has to spell it out.
 *
 * <p>In front: no letter, digit or underscore, unless it belongs to an escape ({@code \n}, {@code
 * %3D}, {@code =3D}). Behind: nothing that the token's last class of characters would accept, and
 * no letter or digit.
 */
final class TokenPattern {
  private static final String BEFORE = "(?<!(?<!\\\\|%[0-9A-Fa-f]|=3)[A-Za-z0-9_])";
  private static final String WORD = "A-Za-z0-9";
  private static final String ANY_TOKEN_CHARACTER = "(?![A-Za-z0-9_-])";

  private TokenPattern() {}

  /** The expression with its edges. */
  static String expand(String token) {
    return BEFORE + secret(token);
  }

  /** The group {@code secret} and what must not follow it. */
  static String secret(String token) {
    String group = token.contains("(?<secret>") ? "(?:" + token + ")" : "(?<secret>" + token + ")";
    return group + after(token);
  }

  private static String after(String token) {
    int open = lastClass(token);
    if (open < 0) {
      return ANY_TOKEN_CHARACTER;
    }
    String characters = token.substring(open + 1, token.indexOf(']', open));
    return "(?![" + WORD + "]|[" + characters + "])";
  }

  /** Index of the class that the expression ends with, if it ends with one; else -1. */
  private static int lastClass(String token) {
    int end = token.length();
    if (token.endsWith("}")) {
      end = token.lastIndexOf('{');
    }
    if (end <= 0 || token.charAt(end - 1) != ']') {
      return -1;
    }
    int open = token.lastIndexOf('[', end - 1);
    return open >= 0 && open + 1 < end - 1 && token.charAt(open + 1) != '^' ? open : -1;
  }
}
