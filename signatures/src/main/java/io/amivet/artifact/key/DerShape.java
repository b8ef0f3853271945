package io.amivet.artifact.key;

/**
 * A look over DER before a recursive parser gets it: nesting and lengths must be within bounds, so
 * that no input exhausts the stack.
 */
final class DerShape {

  /** PKCS#8 with PBES2 nests six deep. */
  private static final int MAX_DEPTH = 16;

  private static final int CONSTRUCTED = 0x20;

  private DerShape() {}

  /** Requires one constructed value that fills {@code der} to its last byte. */
  static void check(byte[] der) throws MalformedKeyException {
    if (der.length < 2 || der[0] != 0x30 || walk(der, 0, der.length, 0) != 1) {
      throw new MalformedKeyException("not one DER sequence");
    }
  }

  private static int walk(byte[] der, int from, int end, int depth) throws MalformedKeyException {
    if (depth > MAX_DEPTH) {
      throw new MalformedKeyException("DER nested too deep");
    }
    int count = 0;
    int at = from;
    while (at < end) {
      int tag = der[at] & 0xff;
      if ((tag & 0x1f) == 0x1f || at + 1 >= end) {
        throw new MalformedKeyException("DER tag at " + at);
      }
      int lengthBytes = der[at + 1] >= 0 ? 0 : der[at + 1] & 0x7f;
      int content = at + 2 + lengthBytes;
      if (lengthBytes > 3 || der[at + 1] == (byte) 0x80 || content > end) {
        throw new MalformedKeyException("DER length at " + at);
      }
      int length = lengthBytes == 0 ? der[at + 1] : 0;
      for (int i = at + 2; i < content; i++) {
        length = length << 8 | (der[i] & 0xff);
      }
      if (length > end - content) {
        throw new MalformedKeyException("DER value at " + at + " is cut short");
      }
      if ((tag & CONSTRUCTED) != 0) {
        walk(der, content, content + length, depth + 1);
      }
      at = content + length;
      count++;
    }
    return count;
  }
}
