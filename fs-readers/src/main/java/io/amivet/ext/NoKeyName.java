package io.amivet.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * How the kernel shows an encrypted name without its key: base64 of the name's place in the
 * directory and its ciphertext, of which the end is hashed if it is long ({@code struct
 * fscrypt_nokey_name} of {@code fs/crypto/fname.c}). Whatever bytes a ciphertext holds, the result
 * can be part of a path.
 */
final class NoKeyName {
  private static final int KEPT_BYTES = 149;

  private NoKeyName() {}

  /**
   * The name to show.
   *
   * @param hash of the directory, as {@link DirectoryHash#of} gives it; 0 for symbolic links
   */
  static byte[] of(byte[] ciphertext, long hash) {
    int kept = Math.min(ciphertext.length, KEPT_BYTES);
    byte[] rest = kept < ciphertext.length ? sha256(ciphertext, kept) : new byte[0];
    ByteBuffer name =
        ByteBuffer.allocate(Long.BYTES + kept + rest.length).order(ByteOrder.LITTLE_ENDIAN);
    name.putLong(hash).put(ciphertext, 0, kept).put(rest);
    return Base64.getUrlEncoder().withoutPadding().encode(name.array());
  }

  /** The target to show for the contents of an encrypted link, {@code fscrypt_symlink_data}. */
  static byte[] ofLink(byte[] contents) {
    if (contents.length < Short.BYTES) {
      return "".getBytes(StandardCharsets.US_ASCII);
    }
    int stated = ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
    int length = Math.min(stated, contents.length - Short.BYTES);
    byte[] ciphertext = new byte[length];
    System.arraycopy(contents, Short.BYTES, ciphertext, 0, length);
    return of(ciphertext, 0);
  }

  private static byte[] sha256(byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, bytes.length - from);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
