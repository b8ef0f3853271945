package io.amivet.artifact;

import java.nio.charset.StandardCharsets;

/**
 * A macaroon in libmacaroons' binary format 2: a version, then packets of type, length and bytes;
 * location, identifier, caveats, and a signature of 32 bytes at the end.
 */
final class Macaroon {
  private static final String PYPI = "pypi-";
  private static final int VERSION = 2;
  private static final int LOCATION = 1;
  private static final int SIGNATURE = 6;
  private static final int SIGNATURE_BYTES = 32;

  private Macaroon() {}

  /**
   * Whether {@code token} is one that pypi.org or test.pypi.org issued: the location says so, and
   * the signature is the last packet.
   */
  static boolean isForPypi(String token) {
    if (!token.startsWith(PYPI)) {
      return false;
    }
    byte[] bytes = Base64Text.decode(token.substring(PYPI.length())).orElse(new byte[0]);
    if (bytes.length < 3 || bytes[0] != VERSION || bytes[1] != LOCATION || bytes[2] < 0) {
      return false;
    }
    int end = 3 + bytes[2];
    int signatureAt = bytes.length - SIGNATURE_BYTES - 2;
    return end <= signatureAt
        && new String(bytes, 3, bytes[2], StandardCharsets.ISO_8859_1).endsWith("pypi.org")
        && bytes[signatureAt] == SIGNATURE
        && bytes[signatureAt + 1] == SIGNATURE_BYTES;
  }
}
