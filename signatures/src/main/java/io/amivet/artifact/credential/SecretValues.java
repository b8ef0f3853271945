package io.amivet.artifact.credential;

import io.amivet.artifact.AwsAccessKeyId;
import io.amivet.artifact.Placeholders;
import java.util.regex.Pattern;

/** Judges values that stand under a sensitive name. */
final class SecretValues {
  private static final int MIN_CHARS = 4;
  private static final int MAX_CHARS = 16 << 10;

  /** Switches, small numbers, durations, paths, and addresses without a login. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)(?:yes|no|on|off|enabled?|disabled?|required|optional|auto|prompt|ask|stdin|store"
              + "|basic|bearer|digest|plain|login|oauth2?|jwt|ldap|file|system|keyring|[0-9]{1,3}"
              + "|[0-9]{1,6}(?:ms|s|m|h|d)|(?:/|\\./|~/|\\.\\./)[\\w./@+-]{1,200}"
              + "|%[a-z]/\\S{0,200}|[a-z][a-z0-9+.-]{1,20}://[^@\\s]{0,300}|[\\w.-]{1,80}\\.(?:pem|key|crt|txt|json|ya?ml))");

  /** Of a command substitution, a variable or a blank to fill in, the rest of which was cut off. */
  private static final Pattern STARTS_EXPRESSION = Pattern.compile("\\$[({]|`|<[A-Za-z%]|\\{\\{");

  private SecretValues() {}

  static boolean isSecret(String value) {
    String text = value.strip();
    return text.length() >= MIN_CHARS
        && text.length() <= MAX_CHARS
        && !STARTS_EXPRESSION.matcher(text).lookingAt()
        && !AwsAccessKeyId.isKeyId(text)
        && !Placeholders.isPlaceholder(text)
        && !Placeholders.isFieldName(text)
        && !HARMLESS.matcher(text).matches();
  }
}
