package io.amivet.match;

import io.amivet.rule.Exemptions.Allowance;
import io.amivet.rule.Exemptions.Target;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An allowance with its expressions compiled. */
final class CompiledAllowance {
  /** What is looked at of a line on either side of a match. */
  private static final int MAX_BESIDE_CHARS = 200;

  private final Target target;
  private final List<Pattern> regexes;
  private final List<String> stopwords;
  private final boolean all;

  private CompiledAllowance(
      Target target, List<Pattern> regexes, List<String> stopwords, boolean all) {
    this.target = target;
    this.regexes = regexes;
    this.stopwords = stopwords;
    this.all = all;
  }

  static CompiledAllowance of(Allowance allowance) {
    return new CompiledAllowance(
        allowance.target(),
        allowance.regexes().stream().map(Pattern::compile).toList(),
        allowance.stopwords().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList(),
        allowance.all());
  }

  /**
   * Whether a match is exempt.
   *
   * @param text that the match is in
   */
  boolean covers(Matcher matcher, String secret, CharSequence text) {
    boolean byRegex = hasRegex(target(matcher, secret, text));
    if (byRegex != all) {
      return byRegex;
    }
    String lower = secret.toLowerCase(Locale.ROOT);
    return stopwords.stream().anyMatch(lower::contains);
  }

  private boolean hasRegex(String looked) {
    for (Pattern regex : regexes) {
      if (regex.matcher(looked).find()) {
        return true;
      }
    }
    return false;
  }

  private String target(Matcher matcher, String secret, CharSequence text) {
    return switch (target) {
      case SECRET -> secret;
      case MATCH -> matcher.group();
      case LINE -> line(matcher, text);
    };
  }

  private static String line(Matcher matcher, CharSequence text) {
    int start = matcher.start();
    int end = matcher.end();
    // Many expressions take the white space around a secret, and with it the end of its line.
    while (start < end && text.charAt(start) == '\n') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '\n') {
      end--;
    }
    int first = Math.max(0, start - MAX_BESIDE_CHARS);
    while (start > first && text.charAt(start - 1) != '\n') {
      start--;
    }
    int last = Math.min(text.length(), end + MAX_BESIDE_CHARS);
    while (end < last && text.charAt(end) != '\n') {
      end++;
    }
    return text.subSequence(start, end).toString();
  }
}
