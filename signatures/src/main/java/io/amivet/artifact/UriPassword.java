package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The password in {@code scheme://user:password@host}, given that whole text or the password alone.
 * Manuals are full of such URIs, so values that only repeat the field or the user are refused.
 */
final class UriPassword {
  private static final Pattern URI =
      Pattern.compile(
          "^[a-z][a-z0-9+.-]{1,30}://([^/@:\\s]{0,200}):([^/@\\s]{1,400})@([^/\\s]{1,400})");

  private static final Pattern EXAMPLE_HOST =
      Pattern.compile(
          "(?i)^(?:host(?:name)?|server|(?:[a-z0-9-]{1,60}\\.){0,5}example(?:\\.(?:com|org|net|local))?"
              + "|(?:[a-z0-9-]{1,60}\\.){0,5}(?:test|invalid|example)|\\.{3})(?::.*)?$");

  /** With a password that repeats the user there, it is the default of a development database. */
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1\\]|0\\.0\\.0\\.0)(?::.*)?");

  private UriPassword() {}

  static boolean isSecret(String text) {
    Matcher uri = URI.matcher(text);
    if (!uri.find()) {
      return isSecretValue(text);
    }
    String user = uri.group(1);
    String host = uri.group(3);
    return isSecretValue(uri.group(2))
        && !EXAMPLE_HOST.matcher(host).matches()
        && !Placeholders.isPlaceholder(host)
        && !(user.equals(uri.group(2)) && LOCAL_HOST.matcher(host).matches())
        && !(user.toLowerCase(Locale.ROOT).matches("user(?:name)?")
            && Placeholders.isFieldName(uri.group(2)));
  }

  private static boolean isSecretValue(String value) {
    String plain = percentDecoded(value);
    return !Placeholders.isPlaceholder(plain)
        && !Placeholders.isFieldName(plain)
        && !plain.matches("\\*+|x+|X+|[$%{<\\[].*");
  }

  private static String percentDecoded(String value) {
    try {
      return java.net.URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
