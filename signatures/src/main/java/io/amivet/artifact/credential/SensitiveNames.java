package io.amivet.artifact.credential;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that a program gives its secrets: {@code DB_PASSWORD}, {@code authToken}, {@code
 * client-secret}. It is the end of a name that tells: {@code password_file} is a path and {@code
 * token_url} an address.
 */
final class SensitiveNames {
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?:^|_)(?:password|passwd|passphrase|pass|pwd|secret|secrets|token|apikey|api_key"
              + "|secret_key|secretkey|private_key|privatekey|access_key|accesskey|auth_key"
              + "|account_key|encryption_key|signing_key|master_key|app_key|key_base|secret_key_base"
              + "|authtoken|accesstoken|refreshtoken|identitytoken|clientsecret|auth|authorization"
              + "|credential|credentials|salt|client_key_data|storage_key|license_key|bindpw"
              + "|rootbindpw|authtok|psk)$");

  /** Ends of names that are not secret although their last word says so. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?:^|_)(?:public_key|key_id|max_tokens?|min_pass|no_auth|use_auth|enable_auth|csrf_token"
              + "|basic_auth|require_pass|ask_pass|bypass|compass|allow_pass|by_?pass)$");

  private SensitiveNames() {}

  static boolean isSensitive(String name) {
    String words = words(name);
    return words.length() <= 200
        && SENSITIVE.matcher(words).find()
        && !HARMLESS.matcher(words).find();
  }

  /** Lower case, words joined by one underscore. */
  static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .replaceAll("_+$", "")
        .toLowerCase(Locale.ROOT);
  }
}
