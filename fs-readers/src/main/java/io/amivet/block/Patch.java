package io.amivet.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A range of a device that reads as other bytes than those in its place.
 *
 * @param offset first byte that it covers
 * @param source where the bytes are
 * @param sourceOffset first of them
 * @param lengthBytes how many
 */
public record Patch(long offset, BlockDevice source, long sourceOffset, long lengthBytes) {

  public Patch {
    if (offset < 0 || sourceOffset < 0 || lengthBytes <= 0 || offset + lengthBytes < 0) {
      throw new IllegalArgumentException("bad patch: offset=" + offset + " length=" + lengthBytes);
    }
  }

  /** A patch whose bytes are in memory; they must not change afterwards. */
  public static Patch of(long offset, byte[] bytes) {
    return new Patch(offset, new MemoryDevice("a patch", bytes), 0, bytes.length);
  }

  /** First byte after the range. */
  public long end() {
    return offset + lengthBytes;
  }

  /** The part of the patch that lies in a range of the device; the two must meet. */
  Patch within(long start, long end) {
    long from = Math.max(start, offset);
    long to = Math.min(end, end());
    return new Patch(from, source, sourceOffset + (from - offset), to - from);
  }

  void read(MemorySegment target) throws IOException {
    source.read(sourceOffset, target);
  }

  /** Whether no two of these patches cover the same byte. */
  static boolean disjoint(List<Patch> ascending) {
    for (int i = 1; i < ascending.size(); i++) {
      if (ascending.get(i).offset() < ascending.get(i - 1).end()) {
        return false;
      }
    }
    return true;
  }
}
