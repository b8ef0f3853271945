package io.amivet.artifact;

import java.util.regex.Pattern;

/** Values that a generator of secrets may have made, and nobody wrote. */
final class RandomText {
  private static final int MIN_CHARS = 12;
  private static final int MIN_TEXT_BYTES = 9;

  /** Identifiers, digests that say so, dates, versions, colours, paths and addresses. */
  private static final Pattern SOMETHING_ELSE =
      Pattern.compile(
          "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|(?:sha(?:1|224|256|384|512)|md5|sri)[-_:=].{0,200}|0x[0-9a-f]{1,32}|[0-9.,:/T+Z-]{1,40}"
              + "|(?:\\.{0,2}/|~/|[a-z]:\\\\).{0,300}|[a-z][a-z0-9+.-]{1,12}://.{0,300}"
              + "|arn:aws.{0,300}|(?:ssh|ecdsa)-.{0,300}|AAAA[BCE]3Nz.{0,800}|MII[A-Z].{0,800}"
              + "|[a-z_$][\\w$]{0,60}(?:\\.[a-z_$][\\w$]{0,60}){1,8}(?:\\(.{0,80})?");

  private RandomText() {}

  static boolean isRandom(String text) {
    return text.length() >= MIN_CHARS
        && isMixed(text)
        && !SOMETHING_ELSE.matcher(text).matches()
        && !WordLikeness.isWords(text)
        && !isEncodedText(text);
  }

  /** Letters and digits, or small letters and capitals that do not just start words. */
  private static boolean isMixed(String text) {
    int digits = 0;
    int letters = 0;
    int turns = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c < 0x80 && Character.isLetter(c)) {
        letters++;
      }
      if (i > 0 && Character.isLowerCase(text.charAt(i - 1)) && Character.isUpperCase(c)) {
        turns++;
      }
    }
    return letters > 0 && (digits > 0 || turns * 8 >= text.length());
  }

  /** Base64 of words, markup or numbers is something written, not something secret. */
  private static boolean isEncodedText(String text) {
    byte[] bytes = Base64Text.decode(text).orElse(new byte[0]);
    if (bytes.length < MIN_TEXT_BYTES) {
      return false;
    }
    for (byte b : bytes) {
      if (b > 0x7e || (b < 0x20 && b != '\n' && b != '\r' && b != '\t')) {
        return false;
      }
    }
    return true;
  }
}
