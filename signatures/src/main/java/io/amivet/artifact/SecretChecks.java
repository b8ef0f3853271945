package io.amivet.artifact;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The built-in checks a content rule may name: what a pattern alone cannot say about a secret. A
 * check accepts or refuses; it never throws, whatever the text. {@code !name} refuses what {@code
 * name} accepts.
 */
public final class SecretChecks {
  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry("aws-key-id", AwsAccessKeyId::isKeyId),
          Map.entry("base58-check", Base58::isChecked),
          Map.entry("base64-64-bytes", text -> Base64Text.decodedLength(text) == 64),
          Map.entry("base64-json", TokenPayload::holdsJson),
          Map.entry("base64-login", TokenPayload::isLogin),
          Map.entry("bech32", Bech32::isChecked),
          Map.entry("confluent-crc32", TokenChecksums::isConfluentSecret),
          Map.entry("discord-bot", TokenPayload::startsWithSnowflake),
          Map.entry("encrypted-private-key-pem", PrivateKeyText::isEncrypted),
          Map.entry("github-crc32", TokenChecksums::isGithubToken),
          Map.entry("github-sha256", TokenChecksums::isGithubFineGrainedToken),
          Map.entry("gitlab-crc32", TokenChecksums::isGitlabRoutableToken),
          Map.entry("grafana-crc32", TokenChecksums::isGrafanaToken),
          Map.entry("jwt", Jwt::isSigned),
          Map.entry("jwt-lasting", Jwt::isLasting),
          Map.entry(
              "not-azurite",
              text -> !text.startsWith("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6")),
          Map.entry("npm-crc32", TokenChecksums::isGithubToken),
          Map.entry("password", PasswordText::isPassword),
          Map.entry("private-key-pem", PrivateKeyText::isPlain),
          Map.entry("pypi-macaroon", Macaroon::isForPypi),
          Map.entry("random", RandomText::isRandom),
          Map.entry("uri-password", UriPassword::isSecret),
          Map.entry("zuplo-crc32", TokenChecksums::isZuploKey));

  private static final String NOT = "!";

  private SecretChecks() {}

  public static Set<String> names() {
    return CHECKS.keySet();
  }

  /** Whether {@link #named} knows {@code name}, with or without {@code !}. */
  public static boolean isKnown(String name) {
    return CHECKS.containsKey(name.startsWith(NOT) ? name.substring(NOT.length()) : name);
  }

  /**
   * The check called {@code name}.
   *
   * @throws IllegalArgumentException if there is no such check
   */
  public static Predicate<String> named(String name) {
    if (name.startsWith(NOT)) {
      return named(name.substring(NOT.length())).negate();
    }
    Predicate<String> check = CHECKS.get(name);
    if (check == null) {
      throw new IllegalArgumentException("no check is called " + name);
    }
    return check;
  }
}
