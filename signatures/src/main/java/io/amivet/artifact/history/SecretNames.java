package io.amivet.artifact.history;

import io.amivet.artifact.Placeholders;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names announce a secret, and which values cannot be one. */
final class SecretNames {
  private static final int MAX_NAME_CHARS = 80;
  private static final int MAX_VALUE_CHARS = 4096;
  private static final int MIN_KEY_CHARS = 8;
  private static final int AWS_SECRET_CHARS = 40;

  /** Names of passwords: any value counts. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)(?:[a-z0-9_.-]*[_.-])?(?:[a-z0-9]*pass(?:word|wd|phrase)|pass|passw|pwd|pw|psw)");

  /** Names of keys and tokens: the value must look like one. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)(?:[a-z0-9_.-]*[_.-])?(?:[a-z0-9]*secret|[a-z0-9]*token|key|apikey|credentials?"
              + "|accesskey|secretkey|secretaccesskey|authkey|auth)");

  private static final Pattern SWITCH_WORD =
      Pattern.compile("(?i)(?:0|1|y|n|yes|no|on|off|true|false|always|never|ask|prompt|required)");

  private static final Pattern PATH =
      Pattern.compile("(?:~|\\.{1,2})?/[^\\s]*|file:.*|[A-Za-z0-9_.-]+\\.(?:pem|key|crt|txt|json)");

  /** Start of option names that forbid a password or ask for one at run time. */
  private static final Set<String> ASKING =
      Set.of("no", "ask", "disabled", "prompt", "force", "require", "generate", "random", "allow");

  private SecretNames() {}

  /** Whether {@code name = value} gives a secret away. */
  static boolean isSecret(String name, String value) {
    if (name.length() > MAX_NAME_CHARS || !isValue(value) || isAsking(name)) {
      return false;
    }
    if (PASSWORD.matcher(name).matches()) {
      return !isPath(value);
    }
    return KEY.matcher(name).matches() && isKeyLike(value) && !isPath(value);
  }

  private static boolean isAsking(String name) {
    int end = 0;
    while (end < name.length() && Character.isLetter(name.charAt(end))) {
      end++;
    }
    return end < name.length()
        && ASKING.contains(name.substring(0, end).toLowerCase(java.util.Locale.ROOT));
  }

  /** Whether {@code value} may be a secret at all, whatever announces it. */
  static boolean isValue(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_VALUE_CHARS
        && value.indexOf(ShellCommand.EXPANSION) < 0
        && !value.equals("-")
        && !SWITCH_WORD.matcher(value).matches()
        && !Placeholders.isPlaceholder(value);
  }

  private static boolean isPath(String value) {
    return value.length() != AWS_SECRET_CHARS && PATH.matcher(value).matches();
  }

  /** Long enough, of one word, with a digit or capitals among small letters. */
  private static boolean isKeyLike(String value) {
    if (value.length() < MIN_KEY_CHARS) {
      return false;
    }
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
      digit |= c >= '0' && c <= '9';
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
    }
    return (digit && (upper || lower)) || (upper && lower);
  }
}
