package io.amivet.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM armour (RFC 7468, or OpenSSH's own), inside whatever text: its line ends may
 * be escaped as {@code \n}, as JSON does. Looks at the body's structure, so that a picture of a key
 * in a manual, cut short or filled with dots, is not one.
 */
public final class PrivateKeyText {
  private static final Pattern ARMOUR =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z0-9]{2,10} ){0,2})PRIVATE KEY-----"
              + "([A-Za-z0-9+/=\\s\\\\:,.\"'>#*|-]{1,20000}?)-----END \\1PRIVATE KEY-----");

  private static final Pattern HEADERS =
      Pattern.compile("(?m)^\\s*[A-Za-z-]{2,20}: [^\\n]{0,200}$");

  private static final byte[] OPENSSH_MAGIC =
      "openssh-key-v1\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int MIN_KEY_BYTES = 32;

  private enum State {
    NO_KEY,
    PLAIN,
    ENCRYPTED
  }

  private PrivateKeyText() {}

  /** Whether {@code text} holds a whole private key that needs no passphrase. */
  public static boolean isPlain(String text) {
    return state(text) == State.PLAIN;
  }

  /** Whether {@code text} holds a whole private key behind a passphrase. */
  public static boolean isEncrypted(String text) {
    return state(text) == State.ENCRYPTED;
  }

  private static State state(String text) {
    String unescaped = text.replace("\\r", "").replace("\\n", "\n");
    Matcher armour = ARMOUR.matcher(unescaped);
    if (!armour.find()) {
      return State.NO_KEY;
    }
    String label = armour.group(1).strip();
    String body = armour.group(2);
    boolean legacyEncrypted = body.contains("4,ENCRYPTED");
    String base64 = HEADERS.matcher(body).replaceAll("").replaceAll("[^A-Za-z0-9+/=]", "");
    Optional<byte[]> bytes = Base64Text.decode(base64);
    if (bytes.isEmpty() || bytes.get().length < MIN_KEY_BYTES || isUniform(bytes.get())) {
      return State.NO_KEY;
    }
    if (legacyEncrypted) {
      return bytes.get().length % 8 == 0 ? State.ENCRYPTED : State.NO_KEY;
    }
    if (label.equals("OPENSSH")) {
      return openssh(bytes.get());
    }
    if (!isWholeSequence(bytes.get())) {
      return State.NO_KEY;
    }
    return label.equals("ENCRYPTED") ? State.ENCRYPTED : State.PLAIN;
  }

  /** PROTOCOL.key of OpenSSH: the magic, then cipher and KDF as length-prefixed strings. */
  private static State openssh(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (byte expected : OPENSSH_MAGIC) {
      if (!buffer.hasRemaining() || buffer.get() != expected) {
        return State.NO_KEY;
      }
    }
    Optional<String> cipher = string(buffer);
    Optional<String> kdf = string(buffer);
    Optional<String> kdfOptions = string(buffer);
    if (kdf.isEmpty() || kdfOptions.isEmpty() || buffer.remaining() < 4 || buffer.getInt() < 1) {
      return State.NO_KEY;
    }
    Optional<String> publicKey = string(buffer);
    Optional<String> privateKey = string(buffer);
    if (publicKey.isEmpty() || privateKey.isEmpty()) {
      return State.NO_KEY;
    }
    return cipher.orElseThrow().equals("none") ? State.PLAIN : State.ENCRYPTED;
  }

  private static Optional<String> string(ByteBuffer buffer) {
    if (buffer.remaining() < 4) {
      return Optional.empty();
    }
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** One ASN.1 SEQUENCE (DER) that fills the bytes and holds an INTEGER or a SEQUENCE first. */
  private static boolean isWholeSequence(byte[] bytes) {
    if (bytes.length < 4 || bytes[0] != 0x30) {
      return false;
    }
    int lengthByte = bytes[1] & 0xff;
    int headerBytes = 2;
    int length = lengthByte;
    if (lengthByte > 0x80 && lengthByte <= 0x83) {
      length = 0;
      for (int i = 0; i < lengthByte - 0x80; i++) {
        length = (length << 8) | (bytes[headerBytes++] & 0xff);
      }
    } else if (lengthByte >= 0x80) {
      return false;
    }
    int first = headerBytes < bytes.length ? bytes[headerBytes] : 0;
    return headerBytes + length == bytes.length && (first == 0x02 || first == 0x30);
  }

  /** A body of one repeated character, as in a template. */
  private static boolean isUniform(byte[] bytes) {
    int different = 0;
    boolean[] seen = new boolean[256];
    for (byte b : bytes) {
      if (!seen[b & 0xff]) {
        seen[b & 0xff] = true;
        different++;
      }
    }
    return different < 16;
  }
}
