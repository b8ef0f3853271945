package io.amivet.inside.git;

import java.util.zip.DataFormatException;

/**
 * The delta format of packs: the sizes of base and result, then instructions that copy a range of
 * the base (high bit set) or carry up to 127 bytes of their own.
 */
final class Delta {
  private static final int MAX_COPY_WITHOUT_SIZE = 0x10000;

  private final byte[] bytes;
  private int at;
  private final long baseBytes;
  private final long resultBytes;

  private Delta(byte[] bytes) throws DataFormatException {
    this.bytes = bytes;
    this.baseBytes = size();
    this.resultBytes = size();
  }

  /** Reads the two sizes. */
  static Delta parse(byte[] bytes) throws DataFormatException {
    return new Delta(bytes);
  }

  /** How large the result claims to be. */
  long resultBytes() {
    return resultBytes;
  }

  /**
   * The result; call once, and only if {@link #resultBytes} is affordable.
   *
   * @throws DataFormatException if the delta is not one of {@code base}
   */
  byte[] apply(byte[] base) throws DataFormatException {
    if (baseBytes != base.length) {
      throw new DataFormatException("delta of another base");
    }
    byte[] result = new byte[Math.toIntExact(resultBytes)];
    int made = 0;
    while (at < bytes.length) {
      int instruction = next();
      made +=
          (instruction & 0x80) == 0
              ? insert(instruction, result, made)
              : copy(instruction, base, result, made);
    }
    if (made != result.length) {
      throw new DataFormatException("delta ends too early");
    }
    return result;
  }

  private int insert(int length, byte[] result, int made) throws DataFormatException {
    if (length == 0 || length > bytes.length - at || length > result.length - made) {
      throw new DataFormatException("delta inserts out of range");
    }
    System.arraycopy(bytes, at, result, made, length);
    at += length;
    return length;
  }

  private int copy(int instruction, byte[] base, byte[] result, int made)
      throws DataFormatException {
    long offset = 0;
    for (int i = 0; i < 4; i++) {
      if ((instruction & (1 << i)) != 0) {
        offset |= (long) next() << (8 * i);
      }
    }
    int length = 0;
    for (int i = 0; i < 3; i++) {
      if ((instruction & (0x10 << i)) != 0) {
        length |= next() << (8 * i);
      }
    }
    if (length == 0) {
      length = MAX_COPY_WITHOUT_SIZE;
    }
    if (length > base.length || offset > base.length - length || length > result.length - made) {
      throw new DataFormatException("delta copies out of range");
    }
    System.arraycopy(base, (int) offset, result, made, length);
    return length;
  }

  /** Seven bits a byte, the lowest first. */
  private long size() throws DataFormatException {
    long size = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      int octet = next();
      size |= (long) (octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) {
        return size;
      }
    }
    throw new DataFormatException("delta states a size without end");
  }

  private int next() throws DataFormatException {
    if (at == bytes.length) {
      throw new DataFormatException("delta ends within an instruction");
    }
    return bytes[at++] & 0xff;
  }
}
