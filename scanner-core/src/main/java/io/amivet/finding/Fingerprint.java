package io.amivet.finding;

import io.amivet.fs.FsPath;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names findings so that two scans can be compared: the first 16 bytes of HMAC-SHA-256 (RFC 2104)
 * over rule id, path and secret, with a NUL between them. Neither the offset nor the volume is part
 * of it, so that a moved file keeps its findings.
 *
 * <p>With the default key anyone can check a guessed secret against an id. That is harmless for
 * random keys and tokens, not for weak passwords: whoever publishes reports sets a key of their
 * own, and gets ids that mean nothing to others.
 */
public final class Fingerprint {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_BYTES = 16;
  private static final byte[] DEFAULT_KEY =
      "amivet finding id, key 1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKeySpec key;

  /**
   * @param key at least one byte; the same key gives the same ids
   */
  public Fingerprint(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** With the key that everybody has: ids are stable between runs and users. */
  public static Fingerprint withDefaultKey() {
    return new Fingerprint(DEFAULT_KEY);
  }

  /**
   * The id of a finding, 32 hex digits.
   *
   * @param secret what was found; empty if the finding is about the file as such
   */
  public String of(String ruleId, FsPath path, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ruleId.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(path.toBytes());
      mac.update((byte) 0);
      mac.update(secret);
      return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
