package io.amivet.artifact;

import java.util.Base64;
import java.util.Optional;

/** Decodes base64 that may not be any. */
final class Base64Text {
  static final int MAX_CHARS = 8 << 20;

  private Base64Text() {}

  /** Either alphabet, blanks ignored, padding optional; empty if it is not base64. */
  static Optional<byte[]> decode(String text) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    String compact = text.replaceAll("\\s+", "").replace('-', '+').replace('_', '/');
    try {
      return Optional.of(Base64.getDecoder().decode(compact));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static int decodedLength(String text) {
    return decode(text).map(bytes -> bytes.length).orElse(-1);
  }
}
