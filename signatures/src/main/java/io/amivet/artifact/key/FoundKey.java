package io.amivet.artifact.key;

/**
 * A private key that was decoded, or an encrypted one whose container was.
 *
 * @param format {@code pkcs1}, {@code sec1}, {@code dsa}, {@code pkcs8}, {@code openssh}, {@code
 *     putty-2}, {@code putty-3}, {@code openpgp}
 * @param comment as stored in the container
 * @param kdf how the passphrase is stretched, empty if not encrypted
 * @param body the private key, as the secret to fingerprint
 */
record FoundKey(
    String format,
    PublicHalf publicHalf,
    String comment,
    boolean encrypted,
    String kdf,
    byte[] body,
    int line,
    long offset) {

  static FoundKey plain(String format, PublicHalf publicHalf, PemBlock block) {
    return new FoundKey(
        format, publicHalf, "", false, "", block.body(), block.line(), block.offset());
  }

  static FoundKey encrypted(String format, PublicHalf publicHalf, String kdf, PemBlock block) {
    return new FoundKey(
        format, publicHalf, "", true, kdf, block.body(), block.line(), block.offset());
  }
}
