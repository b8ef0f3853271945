package io.amivet.artifact.history;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that any program may be given: in URLs, HTTP headers, and tokens with a known prefix. */
final class WordSecrets {
  private static final int MAX_SCHEME_CHARS = 20;
  private static final int MAX_AUTHORITY_CHARS = 1024;

  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)\\b(?<name>(?:proxy-)?authorization|private-token|job-token|deploy-token|api-key"
              + "|apikey|x-[a-z-]{1,30}-(?:key|token)|dd-api-key|circle-token)[\"']?\\s{0,4}:"
              + "\\s{0,4}[\"']?(?:(?<scheme>bearer|basic|token|apikey)(?:\\s{1,4}|$))?+"
              + "(?<secret>[^\\s\"',\\\\]{6,2048})");

  /** Prefix, length and alphabet as their issuers document them. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82}"
              + "|glpat-[A-Za-z0-9_-]{20,64}|xox[abeprs]-[A-Za-z0-9-]{10,250}"
              + "|(?:sk|rk)_live_[A-Za-z0-9]{16,128}|npm_[A-Za-z0-9]{36}"
              + "|hvs\\.[A-Za-z0-9_-]{24,256}|AIza[A-Za-z0-9_-]{35}|dop_v1_[a-f0-9]{64}"
              + "|SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}|hf_[A-Za-z0-9]{34}"
              + "|pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,256})(?![A-Za-z0-9_])");

  private static final Pattern AWS_KEY_ID =
      Pattern.compile("(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])");

  private static final Pattern AWS_SECRET =
      Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])");

  private WordSecrets() {}

  /** Adds the secrets in {@code text} to {@code found}. */
  static void find(String text, List<CommandSecret> found) {
    urls(text, found);
    if (text.indexOf(':') >= 0) {
      headers(text, found);
    }
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (SecretNames.isValue(token.group())) {
        found.add(CommandSecret.of("token ", token.group()));
      }
    }
  }

  private static void headers(String text, List<CommandSecret> found) {
    Matcher header = HEADER.matcher(text);
    while (header.find()) {
      String secret = header.group("secret");
      if (SecretNames.isValue(secret) && !secret.startsWith("AWS4-")) {
        String scheme = header.group("scheme");
        found.add(
            CommandSecret.of(
                header.group("name") + ": " + (scheme == null ? "" : scheme + " "), secret));
      }
    }
  }

  /** An access key id with a value of a secret key's form in the same command. */
  static void awsPair(String text, List<CommandSecret> found) {
    Matcher id = AWS_KEY_ID.matcher(text);
    if (!id.find()) {
      return;
    }
    Matcher secret = AWS_SECRET.matcher(text);
    while (secret.find()) {
      if (SecretNames.isValue(secret.group()) && hasLettersAndDigits(secret.group())) {
        found.add(CommandSecret.of(id.group() + " with secret key ", secret.group()));
      }
    }
  }

  /** Rules out hexadecimal digests and long words. */
  private static boolean hasLettersAndDigits(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9')
        && text.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
        && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
  }

  private static void urls(String text, List<CommandSecret> found) {
    int mark = text.indexOf("://");
    while (mark >= 0) {
      url(text, mark, found);
      mark = text.indexOf("://", mark + 3);
    }
  }

  /** Userinfo of the URL (RFC 3986, 3.2.1) whose scheme ends at {@code mark}. */
  private static void url(String text, int mark, List<CommandSecret> found) {
    int schemeStart = mark;
    while (schemeStart > 0
        && mark - schemeStart < MAX_SCHEME_CHARS
        && isScheme(text.charAt(schemeStart - 1))) {
      schemeStart--;
    }
    int start = mark + 3;
    int end = start;
    int at = -1;
    while (end < text.length()
        && end - start < MAX_AUTHORITY_CHARS
        && "/?#\"'<>`".indexOf(text.charAt(end)) < 0
        && text.charAt(end) > ' ') {
      at = text.charAt(end) == '@' ? end : at;
      end++;
    }
    int colon = text.indexOf(':', start);
    if (schemeStart == mark || at < 0 || colon < 0 || colon >= at) {
      return;
    }
    String secret = text.substring(colon + 1, at);
    String scheme = text.substring(schemeStart, mark);
    if (SecretNames.isValue(secret)) {
      found.add(CommandSecret.of(scheme + "://…:", secret, "@" + host(text, at + 1, end)));
    }
  }

  private static String host(String text, int start, int limit) {
    int end = start;
    while (end < limit && (Character.isLetterOrDigit(text.charAt(end)) || isHostMark(text, end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private static boolean isHostMark(String text, int index) {
    return ".-_".indexOf(text.charAt(index)) >= 0;
  }

  private static boolean isScheme(char c) {
    return c == '+' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
