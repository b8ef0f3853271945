package io.amivet.artifact.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the data types of SSH (RFC 4251 section 5) from untrusted bytes. Running past the end is a
 * {@link MalformedKeyException}, never an {@code IndexOutOfBoundsException}.
 */
final class WireReader {
  private final byte[] bytes;
  private int position;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, position, bytes.length);
  }

  byte[] raw(int lengthBytes) throws MalformedKeyException {
    if (lengthBytes < 0 || lengthBytes > bytes.length - position) {
      throw new MalformedKeyException("field of " + lengthBytes + " bytes at " + position);
    }
    byte[] field = Arrays.copyOfRange(bytes, position, position + lengthBytes);
    position += lengthBytes;
    return field;
  }

  /** {@code uint32}; a value above 2^31 comes out negative and fails the next length check. */
  int uint32() throws MalformedKeyException {
    byte[] b = raw(4);
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  byte[] string() throws MalformedKeyException {
    return raw(uint32());
  }

  String text() throws MalformedKeyException {
    return new String(string(), StandardCharsets.ISO_8859_1);
  }

  /** A positive {@code mpint}; OpenSSH accepts no others in keys. */
  BigInteger mpint() throws MalformedKeyException {
    byte[] magnitude = string();
    if (magnitude.length == 0 || magnitude[0] < 0) {
      throw new MalformedKeyException("mpint at " + position + " is not positive");
    }
    return new BigInteger(magnitude);
  }
}
