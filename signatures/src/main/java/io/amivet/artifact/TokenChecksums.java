package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.DigestUtils;

/** Checksums that vendors put into their tokens, so that a typing error is told from a token. */
final class TokenChecksums {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int GITHUB_CHECKSUM_CHARS = 6;

  /** Everything before the checksum; the checksum; eight more random characters. */
  private static final Pattern FINE_GRAINED =
      Pattern.compile("(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{43})([A-Z2-7]{8})[A-Za-z0-9]{8}");

  private static final Pattern CONFLUENT =
      Pattern.compile("cflt([A-Za-z0-9+/]{54})([A-Za-z0-9+/]{6})");

  private static final Pattern GITLAB =
      Pattern.compile("(.{10,400}\\.(?:[0-9a-z]{2}\\.)?[0-9a-z]{2})([0-9a-z]{7})");

  private static final Pattern GRAFANA =
      Pattern.compile("(gl[a-z]{1,4}_[A-Za-z0-9]{32})_([0-9a-f]{8})");
  private static final Pattern ZUPLO = Pattern.compile("zpka_([0-9a-z]{32})_([0-9a-f]{8})");

  private TokenChecksums() {}

  /**
   * {@code ghp_…}, {@code npm_…}: a prefix, random characters, and their CRC-32 as six digits of
   * base 62; the prefix does not count ("Behind GitHub's new authentication token formats", 2021).
   */
  static boolean isGithubToken(String token) {
    int from = token.indexOf('_') + 1;
    int checksumAt = token.length() - GITHUB_CHECKSUM_CHARS;
    return checksumAt > from
        && inBase(62, crc32(token.substring(from, checksumAt)), GITHUB_CHECKSUM_CHARS)
            .equals(token.substring(checksumAt));
  }

  /** {@code github_pat_…}: 40 bits of the SHA-256 of what precedes them, in base 32. */
  static boolean isGithubFineGrainedToken(String token) {
    Matcher parts = FINE_GRAINED.matcher(token);
    return parts.matches() && sha256Start(parts.group(1)).equals(parts.group(2));
  }

  /** Secrets of Confluent Cloud: CRC-32 of the body, least byte first, in base 64. */
  static boolean isConfluentSecret(String token) {
    Matcher parts = CONFLUENT.matcher(token);
    if (!parts.matches()) {
      return false;
    }
    byte[] checksum = leastByteFirst(crc32(parts.group(1)));
    return Base64.getEncoder().withoutPadding().encodeToString(checksum).equals(parts.group(2));
  }

  /** GitLab's routable tokens: CRC-32 of all that precedes it, prefix included, in base 36. */
  static boolean isGitlabRoutableToken(String token) {
    Matcher parts = GITLAB.matcher(token);
    return parts.matches()
        && inBase(36, crc32(parts.group(1)), 7).toLowerCase(Locale.ROOT).equals(parts.group(2));
  }

  /** Grafana's: CRC-32 of prefix and secret, least byte first, in hex. */
  static boolean isGrafanaToken(String token) {
    Matcher parts = GRAFANA.matcher(token);
    return parts.matches()
        && HexFormat.of().formatHex(leastByteFirst(crc32(parts.group(1)))).equals(parts.group(2));
  }

  /** Zuplo's: CRC-32 of the body in hex. */
  static boolean isZuploKey(String token) {
    Matcher parts = ZUPLO.matcher(token);
    return parts.matches()
        && HexFormat.of().toHexDigits((int) crc32(parts.group(1))).equals(parts.group(2));
  }

  private static long crc32(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return crc.getValue();
  }

  private static byte[] leastByteFirst(long value) {
    return new byte[] {
      (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)
    };
  }

  private static String inBase(int base, long value, int chars) {
    char[] digits = new char[chars];
    long rest = value;
    for (int i = chars - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % base));
      rest /= base;
    }
    return new String(digits);
  }

  private static String sha256Start(String text) {
    byte[] digest = DigestUtils.sha256(text.getBytes(StandardCharsets.ISO_8859_1));
    long bits = 0;
    for (int i = 0; i < 5; i++) {
      bits = (bits << 8) | (digest[i] & 0xff);
    }
    char[] chars = new char[8];
    for (int i = 0; i < 8; i++) {
      chars[i] = BASE32.charAt((int) (bits >> (35 - 5 * i)) & 31);
    }
    return new String(chars);
  }
}
