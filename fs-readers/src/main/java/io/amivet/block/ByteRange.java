package io.amivet.block;

/**
 * A half-open range of bytes {@code [offset, offset + length)}.
 *
 * @param offset first byte, from the start of the device the range speaks of
 * @param length bytes in the range
 */
public record ByteRange(long offset, long length) implements Comparable<ByteRange> {

  public ByteRange {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("bad range: offset=" + offset + " length=" + length);
    }
  }

  /** First byte after the range. */
  public long end() {
    return offset + length;
  }

  public boolean contains(long position) {
    return position >= offset && position < end();
  }

  @Override
  public int compareTo(ByteRange other) {
    int byOffset = Long.compare(offset, other.offset);
    return byOffset != 0 ? byOffset : Long.compare(length, other.length);
  }

  @Override
  public String toString() {
    return "[" + offset + ", " + end() + ")";
  }
}
