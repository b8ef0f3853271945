package io.amivet.artifact.account;

import java.util.Optional;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** GOST R 34.11-2012 with 256 bits, which gost-yescrypt puts around yescrypt (crypt(5)). */
final class Streebog {
  private Streebog() {}

  /**
   * The last part of a {@code $gy$} hash: an HMAC over the yescrypt result, keyed by an HMAC over
   * the setting, which is keyed by the digest of the password.
   */
  static String seal(byte[] password, String hash, String yescrypt) {
    String setting = hash.substring(0, hash.lastIndexOf('$'));
    byte[] key = hmac(digest(password), Sha256.latin1(setting));
    Optional<byte[]> inner = Radix64.decode(yescrypt);
    return inner.map(bytes -> Radix64.encode(hmac(key, bytes))).orElse("");
  }

  private static byte[] digest(byte[] bytes) {
    GOST3411_2012_256Digest digest = new GOST3411_2012_256Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    HMac mac = new HMac(new GOST3411_2012_256Digest());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] result = new byte[mac.getMacSize()];
    mac.doFinal(result, 0);
    return result;
  }
}
