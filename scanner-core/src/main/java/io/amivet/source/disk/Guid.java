package io.amivet.source.disk;

import io.amivet.block.StructView;
import java.util.UUID;

/**
 * A GUID as Microsoft stores it: two halves, of which the first is three little-endian numbers.
 *
 * @param low the first eight bytes, as a little-endian number
 * @param high the last eight, likewise
 */
record Guid(long low, long high) {
  static final Guid ZERO = new Guid(0, 0);

  static Guid at(StructView view, int offset) {
    return new Guid(view.u64le(offset), view.u64le(offset + 8));
  }

  /** The GUID of its usual text form. */
  static Guid of(String text) {
    long first = UUID.fromString(text).getMostSignificantBits();
    long data1 = first >>> 32;
    long data2 = first >>> 16 & 0xffff;
    long data3 = first & 0xffff;
    long last = UUID.fromString(text).getLeastSignificantBits();
    return new Guid(data3 << 48 | data2 << 32 | data1, Long.reverseBytes(last));
  }
}
