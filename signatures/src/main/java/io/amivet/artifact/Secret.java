package io.amivet.artifact;

import java.util.Arrays;

/**
 * A secret value found in an image. Prints as its length only, so that no log, exception or report
 * can leak it by accident; {@link #reveal()} is for fingerprints and {@code --show-secrets}.
 */
public final class Secret {
  private final byte[] value;

  private Secret(byte[] value) {
    this.value = value;
  }

  public static Secret of(byte[] value) {
    return new Secret(value.clone());
  }

  /** The secret whose bytes are the Latin-1 encoding of {@code text}. */
  public static Secret ofLatin1(String text) {
    return new Secret(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /** The bytes themselves. Callers answer for where they go. */
  public byte[] reveal() {
    return value.clone();
  }

  public int lengthBytes() {
    return value.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "***(" + value.length + ")";
  }
}
