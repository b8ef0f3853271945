package io.amivet.artifact;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells values that stand for a secret from secrets: template variables, "change me", masks, keys
 * from vendors' documentation, references to a secret store, ciphertext.
 *
 * <p>It looks at the whole value or at a whole word of it, never at a substring: a random password
 * that happens to hold {@code test} or {@code hook} is still a password.
 */
public final class Placeholders {
  private static final int MAX_VALUE_CHARS = 4096;

  private static final Set<String> WORDS =
      Set.of(
          "changeme",
          "changeit",
          "changethis",
          "change",
          "example",
          "placeholder",
          "dummy",
          "sample",
          "redacted",
          "removed",
          "hidden",
          "masked",
          "omitted",
          "censored",
          "null",
          "none",
          "nil",
          "true",
          "false",
          "undefined",
          "unset",
          "empty",
          "default",
          "todo",
          "tbd",
          "fixme",
          "replaceme",
          "replace",
          "insert",
          "yourpassword",
          "yoursecret",
          "yourtoken",
          "yourkey",
          "yourapikey",
          "mypassword",
          "mysecret",
          "fake",
          "n/a",
          "not-set",
          "notset");

  /** The name of the field as its value: what manuals print, and what nobody should keep. */
  private static final Set<String> FIELD_NAMES =
      Set.of(
          "password",
          "passwd",
          "pass",
          "pwd",
          "passphrase",
          "secret",
          "secretkey",
          "token",
          "key",
          "apikey",
          "username",
          "user",
          "login",
          "credentials",
          "value",
          "string",
          "text");

  /** Words that make any value they stand in a placeholder. */
  private static final Pattern TELLING_WORD =
      Pattern.compile(
          "(?i)(?:^|[^a-z0-9])(?:changeme|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|with)"
              + "|placeholder|redacted|example|sample|dummy|fake|todo|fixme|insert|goes[-_ ]here"
              + "|here)(?:[^a-z0-9]|$)");

  private static final Pattern YOUR_THING =
      Pattern.compile(
          "(?i)^(?:(?:put|enter|insert|set|add|use|replace[-_ ]with)[-_ ]?)?(?:your|my|some|the|a)"
              + "[-_ .]?(?:own|new|unique|very|super|strong|secure|db|database|root|admin|user|aws"
              + "|access|secret|private|api|app|auth|client|personal|github|gitlab|mysql|postgres"
              + "|redis|smtp|mail|name|host|domain|server|company|account|project|[-_ .]){0,6}"
              + "(?:password|passwd|pass|pw|passphrase|phrase|secret|token|key|apikey|username|user"
              + "|id|value|login|credentials|name|host|domain|server|company|account|project)"
              + "[-_ .]?(?:here|goes here|[0-9]{0,4})$");

  private static final Pattern TEMPLATE =
      Pattern.compile(
          "^(?:<[^<>]{0,200}>|\\[[A-Za-z _.-]{1,60}\\]|\\$[A-Za-z_][A-Za-z0-9_]{0,100}"
              + "|%[A-Za-z_][A-Za-z0-9_]{0,100}%|%\\([A-Za-z0-9_.]{1,100}\\)s|%[sdv]"
              + "|@[A-Za-z_][A-Za-z0-9_.-]{0,100}@|__[A-Za-z0-9_]{1,100}__"
              + "|\\{[A-Za-z_][A-Za-z0-9_.:]{0,100}\\}|:[a-z_]{2,40}|\\.{3,})$");

  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\$\\{[^}]{1,200}\\}|\\$\\([^)]{1,200}\\)|\\{\\{.{0,200}?\\}\\}|<%.{0,200}?%>|#\\{[^}]{1,200}\\}"
              + "|\\b(?:os\\.environ|process\\.env|System\\.getenv|getenv|ENV\\[|env\\()");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "^(?:arn:aws[a-z-]*:|op://|vault:|vault\\.|ref\\+|secretsmanager:|ssm:|sm://|awssm://"
              + "|gcp:secretmanager:|keyvault:|keychain:|pass:|env:|file:|\\{\\{resolve:|!vault"
              + "|!reference|!Ref|!Sub|!GetAtt|!secret)");

  private static final Pattern CIPHERTEXT =
      Pattern.compile(
          "^(?:\\$ANSIBLE_VAULT;|ENC\\[|ENC\\(|DEC::|vault:v[0-9]{1,4}:|AgA[A-Za-z0-9+/]{200})");

  private static final Pattern MASK = Pattern.compile("[xX*#\\u2022?]{5}|\\.{6}|_{6}|-{8}");

  private static final String RISING_DIGITS = "01234567890123456789";
  private static final String RISING_LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Placeholders() {}

  /** Whether {@code value} is nobody's secret. Quotes and blanks around it do not count. */
  public static boolean isPlaceholder(String value) {
    String text = unquoted(value);
    if (text.isEmpty()) {
      return true;
    }
    if (text.length() > MAX_VALUE_CHARS) {
      text = text.substring(0, MAX_VALUE_CHARS);
    }
    return isTemplate(text) || isReference(text) || isWord(text) || isMask(text);
  }

  /**
   * Whether {@code value} only repeats what the field is called ({@code password}). That is a real
   * credential where it lets somebody in (a login), and noise where it only would if the other side
   * accepted it (a connection URI).
   */
  public static boolean isFieldName(String value) {
    String lower = unquoted(value).toLowerCase(Locale.ROOT);
    return FIELD_NAMES.contains(lower.replaceAll("[-_ ]", ""));
  }

  /**
   * Ciphertext of Ansible Vault, SOPS, eyaml, jasypt or Vault transit, or a reference to a store.
   */
  public static boolean isReference(String value) {
    String text = unquoted(value);
    return REFERENCE.matcher(text).find() || CIPHERTEXT.matcher(text).find();
  }

  private static boolean isTemplate(String text) {
    return TEMPLATE.matcher(text).matches() || EXPRESSION.matcher(text).find();
  }

  private static boolean isWord(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return WORDS.contains(lower)
        || text.contains("EXAMPLE")
        || TELLING_WORD.matcher(text).find()
        || YOUR_THING.matcher(text).matches();
  }

  private static boolean isMask(String text) {
    return MASK.matcher(text).find() || isOneCharacter(text) || isRisingRun(text);
  }

  private static boolean isOneCharacter(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) != text.charAt(0)) {
        return false;
      }
    }
    return text.length() >= 3 || !Character.isLetterOrDigit(text.charAt(0));
  }

  /**
   * {@code 0123456789abcdef…}: a run of more than eight that goes on until the end of the value.
   * Shorter ones ({@code 12345678}) are people's passwords.
   */
  private static boolean isRisingRun(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() >= 16
        && (lower.contains(RISING_DIGITS.substring(0, 10))
            || lower.contains(RISING_DIGITS.substring(1, 11))
            || lower.contains(RISING_LETTERS.substring(0, 8)));
  }

  private static String unquoted(String value) {
    String text = value.strip();
    if (text.length() >= 2) {
      char first = text.charAt(0);
      if ((first == '"' || first == '\'' || first == '`')
          && text.charAt(text.length() - 1) == first) {
        return text.substring(1, text.length() - 1).strip();
      }
    }
    return text;
  }
}
