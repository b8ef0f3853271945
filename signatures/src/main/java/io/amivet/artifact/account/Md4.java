package io.amivet.artifact.account;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.MD4Digest;

/** MD4 (RFC 1320), of which the NT hash is made; the Java platform has none. */
final class Md4 {
  private Md4() {}

  static byte[] ofUtf16(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_16LE);
    MD4Digest digest = new MD4Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }
}
