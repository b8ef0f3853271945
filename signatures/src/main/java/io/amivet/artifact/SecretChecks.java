package io.amivet.artifact;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The built-in checks a content rule may name: what a pattern alone cannot say about a secret. A
 * check accepts or refuses; it never throws, whatever the text.
 */
public final class SecretChecks {
  private static final Map<String, Predicate<String>> CHECKS =
      Map.of(
          "github-crc32", TokenChecksums::isGithubToken,
          "not-azurite", text -> !text.startsWith("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6"),
          "npm-crc32", TokenChecksums::isNpmToken,
          "aws-key-id", AwsAccessKeyId::isKeyId,
          "jwt", Jwt::isSigned,
          "base64-64-bytes", text -> Base64Text.decodedLength(text) == 64,
          "private-key-pem", PrivateKeyText::isPlain,
          "encrypted-private-key-pem", PrivateKeyText::isEncrypted,
          "uri-password", UriPassword::isSecret);

  private SecretChecks() {}

  public static Set<String> names() {
    return CHECKS.keySet();
  }

  /**
   * The check called {@code name}.
   *
   * @throws IllegalArgumentException if there is no such check
   */
  public static Predicate<String> named(String name) {
    Predicate<String> check = CHECKS.get(name);
    if (check == null) {
      throw new IllegalArgumentException("no check is called " + name);
    }
    return check;
  }
}
