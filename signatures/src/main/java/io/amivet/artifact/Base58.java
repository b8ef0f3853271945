package io.amivet.artifact;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Base58Check, as Bitcoin and its kin write private keys: the last four bytes are the start of the
 * doubled SHA-256 of the rest.
 */
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_CHARS = 200;

  private Base58() {}

  static boolean isChecked(String text) {
    if (text.length() > MAX_CHARS) {
      return false;
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        return false;
      }
      number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] payload = Arrays.copyOfRange(bytes, sign, bytes.length);
    if (payload.length <= CHECKSUM_BYTES) {
      return false;
    }
    int split = payload.length - CHECKSUM_BYTES;
    byte[] digest = DigestUtils.sha256(DigestUtils.sha256(Arrays.copyOf(payload, split)));
    return Arrays.equals(digest, 0, CHECKSUM_BYTES, payload, split, payload.length);
  }
}
