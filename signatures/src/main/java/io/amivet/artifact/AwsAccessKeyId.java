package io.amivet.artifact;

import java.util.Locale;
import java.util.Optional;

/**
 * An AWS access key id: a prefix that says its kind ({@code AKIA} long-term, {@code ASIA}
 * temporary) and 16 characters of base32, whose first 48 bits hold the account number from the
 * second bit on, for 40 bits. AWS does not document this.
 */
public final class AwsAccessKeyId {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int PREFIX_CHARS = 4;
  private static final int LENGTH_CHARS = 20;
  private static final long MAX_ACCOUNT = 999_999_999_999L;

  private AwsAccessKeyId() {}

  /** Whether {@code text} has the form of an id of a user or a session. */
  public static boolean isKeyId(String text) {
    return text.length() == LENGTH_CHARS
        && (text.startsWith("AKIA") || text.startsWith("ASIA"))
        && bits(text) >= 0;
  }

  public static boolean isTemporary(String id) {
    return id.startsWith("ASIA");
  }

  /** The twelve digits of the account that the key belongs to, if the id tells. */
  public static Optional<String> account(String id) {
    long bits = id.length() == LENGTH_CHARS ? bits(id) : -1;
    // Older ids, AKIAI and AKIAJ, do not hold the account.
    if (bits < 0 || "IJ".indexOf(id.charAt(PREFIX_CHARS)) >= 0) {
      return Optional.empty();
    }
    long account = (bits & 0x7fff_ffff_ff80L) >> 7;
    return account <= MAX_ACCOUNT
        ? Optional.of(String.format(Locale.ROOT, "%012d", account))
        : Optional.empty();
  }

  /** The first 48 bits after the prefix, or -1 if the characters are not base32. */
  private static long bits(String id) {
    long bits = 0;
    for (int i = PREFIX_CHARS; i < id.length(); i++) {
      int digit = BASE32.indexOf(id.charAt(i));
      if (digit < 0) {
        return -1;
      }
      if (i < PREFIX_CHARS + 10) {
        bits = (bits << 5) | digit;
      }
    }
    return bits >> 2;
  }
}
