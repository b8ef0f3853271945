package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Tokens in GitHub's format: a prefix, 30 random characters, and their CRC-32 as six digits of base
 * 62 ("Behind GitHub's new authentication token formats", 2021; npm's, of the same year).
 */
final class TokenChecksums {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECKSUM_CHARS = 6;

  private TokenChecksums() {}

  /** {@code ghp_…}: the checksum is over the random part alone. */
  static boolean isGithubToken(String token) {
    return hasChecksum(token, token.indexOf('_') + 1);
  }

  /** {@code npm_…}: sources disagree whether the prefix counts; either will do. */
  static boolean isNpmToken(String token) {
    return hasChecksum(token, 0) || hasChecksum(token, token.indexOf('_') + 1);
  }

  private static boolean hasChecksum(String token, int from) {
    int checksumAt = token.length() - CHECKSUM_CHARS;
    if (checksumAt <= from) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(token.substring(from, checksumAt).getBytes(StandardCharsets.ISO_8859_1));
    return base62(crc.getValue()).equals(token.substring(checksumAt));
  }

  private static String base62(long value) {
    char[] digits = new char[CHECKSUM_CHARS];
    long rest = value;
    for (int i = CHECKSUM_CHARS - 1; i >= 0; i--) {
      digits[i] = BASE62.charAt((int) (rest % 62));
      rest /= 62;
    }
    return new String(digits);
  }
}
