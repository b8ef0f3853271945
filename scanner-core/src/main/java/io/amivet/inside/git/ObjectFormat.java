package io.amivet.inside.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that names a repository's objects ({@code extensions.objectFormat}). */
enum ObjectFormat {
  SHA1("SHA-1", 20),
  SHA256("SHA-256", 32);

  private final String algorithm;
  private final int idBytes;

  ObjectFormat(String algorithm, int idBytes) {
    this.algorithm = algorithm;
    this.idBytes = idBytes;
  }

  /** Bytes of an object id. */
  int idBytes() {
    return idBytes;
  }

  /** Characters of an object id in hexadecimal. */
  int idDigits() {
    return 2 * idBytes;
  }

  MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** A digest that has seen the header of an object; its contents are to follow. */
  MessageDigest objectDigest(ObjectType type, long sizeBytes) {
    MessageDigest digest = newDigest();
    String header = type.label() + " " + sizeBytes + "\0";
    digest.update(header.getBytes(StandardCharsets.US_ASCII));
    return digest;
  }
}
