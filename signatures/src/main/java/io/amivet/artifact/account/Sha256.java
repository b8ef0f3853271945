package io.amivet.artifact.account;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** SHA-256, HMAC and PBKDF2 with keys of any length: {@code javax.crypto} refuses empty ones. */
final class Sha256 {
  private Sha256() {}

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] digest(byte[] bytes) {
    return DigestUtils.sha256(bytes);
  }

  static byte[] hmac(byte[] key, byte[] message) {
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] result = new byte[mac.getMacSize()];
    mac.doFinal(result, 0);
    return result;
  }

  /** PBKDF2-HMAC-SHA-256 with one iteration, as scrypt uses it. */
  static byte[] pbkdf2(byte[] key, byte[] salt, int lengthBytes) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(key, salt, 1);
    return ((KeyParameter) generator.generateDerivedParameters(8 * lengthBytes)).getKey();
  }
}
