package io.amivet.artifact.account;

import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * NetBSD's {@code $sha1$ROUNDS$SALT$} (crypt(5), "sha1crypt"): HMAC-SHA-1 of salt and rounds, keyed
 * with the password, and then of its own result, again and again.
 */
final class Sha1Crypt {
  private static final int DIGEST_BYTES = 20;

  private Sha1Crypt() {}

  /**
   * The last part of the hash of {@code password}.
   *
   * @param hash one with the rounds and salt to use
   */
  static String hash(byte[] password, String hash) {
    String[] parts = hash.split("\\$", -1);
    long rounds = Long.parseLong(parts[2]);
    // Java takes no empty key; one of zeros is the same to HMAC.
    byte[] key = password.length == 0 ? new byte[1] : password;
    HmacUtils hmac = new HmacUtils(HmacAlgorithms.HMAC_SHA_1, key);
    byte[] digest = hmac.hmac(Sha256.latin1(parts[3] + "$sha1$" + rounds));
    for (long i = 1; i < rounds; i++) {
      digest = hmac.hmac(digest);
    }
    byte[] groups = new byte[DIGEST_BYTES + 1];
    for (int i = 0; i < groups.length; i += 3) {
      // Most significant first; the last group is short of a byte and takes the first again.
      groups[i] = i + 2 < DIGEST_BYTES ? digest[i + 2] : digest[0];
      groups[i + 1] = digest[i + 1];
      groups[i + 2] = digest[i];
    }
    return Radix64.encode(groups);
  }
}
