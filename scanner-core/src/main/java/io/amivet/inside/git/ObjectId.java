package io.amivet.inside.git;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** The hash of an object's header and contents. */
final class ObjectId {
  private final byte[] bytes;

  /**
   * @param bytes 20 or 32; not copied
   */
  ObjectId(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The id that lies at {@code offset} in {@code source}. */
  static ObjectId at(byte[] source, int offset, ObjectFormat format) {
    return new ObjectId(Arrays.copyOfRange(source, offset, offset + format.idBytes()));
  }

  /** Its first eight bytes: enough to tell the objects of one repository apart. */
  long prefix() {
    return ByteBuffer.wrap(bytes).getLong();
  }

  /** Which hash this is, as its length tells. */
  ObjectFormat format() {
    return bytes.length == ObjectFormat.SHA1.idBytes() ? ObjectFormat.SHA1 : ObjectFormat.SHA256;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
