package io.amivet.artifact;

import java.util.regex.Pattern;

/** Values under the name of a password that somebody may really use as one. */
final class PasswordText {
  private static final int MIN_CHARS = 6;

  /** Code, names of things, messages: what stands behind {@code password =} in programs. */
  private static final Pattern SOMETHING_ELSE =
      Pattern.compile(
          "(?i)[a-z_$][\\w$]{0,80}(?:(?:\\.|::|->|\\[)[\\w$\\[\\]'\"().]{0,80}|\\(.{0,100})"
              + "|[a-z]{1,30}(?:[_.-][a-z]{1,30}){1,8}|[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,6}"
              + "|[a-z][a-z0-9+.-]{1,12}://.{0,300}|(?:\\.{0,2}/|~/|[a-z]:\\\\).{0,300}"
              + "|.{0,80}[\\s<>{}$()|].{0,200}|%.{1,40}|[@&*#:].{0,60}|[0-9.:,-]{1,20}"
              + "|(?:sha(?:1|256|512)|md5)[-_:(].{0,200}|.{0,60}(?:\\.\\.\\.|\\\\[nrtu]).{0,60}"
              + "|[\\w.-]{1,60}\\.(?:html?|php|js|py|rb|go|java|json|ya?ml|txt|conf|sh|svg|png|css)");

  private PasswordText() {}

  /**
   * Mixed of at least two of small letters, capitals, digits and signs, and nothing that a program
   * says about passwords.
   */
  static boolean isPassword(String text) {
    return text.length() >= MIN_CHARS
        && kinds(text) >= 2
        && !Placeholders.isPlaceholder(text)
        && !Placeholders.isFieldName(text)
        && !SOMETHING_ELSE.matcher(text).matches()
        && (hasDigitOrSign(text) || !WordLikeness.isWords(text));
  }

  private static int kinds(String text) {
    int kinds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        kinds |= 1;
      } else if (c >= 'A' && c <= 'Z') {
        kinds |= 2;
      } else if (c >= '0' && c <= '9') {
        kinds |= 4;
      } else {
        kinds |= 8;
      }
    }
    return Integer.bitCount(kinds);
  }

  private static boolean hasDigitOrSign(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= '0' && c <= '9') || "!@#%^&*+=?~;,".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }
}
