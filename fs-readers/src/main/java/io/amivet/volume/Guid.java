package io.amivet.volume;

import io.amivet.block.StructView;
import java.util.UUID;

/** The two ways in which disks store the 128 bits of a UUID (RFC 9562, UEFI appendix A). */
final class Guid {
  private Guid() {}

  /** A UUID stored in text order, as Linux file systems do; empty for all zeros. */
  static String bigEndian(StructView view, int at) {
    return text(view.u64be(at), view.u64be(at + 8));
  }

  /** A GUID whose first three fields are little-endian, as UEFI and Windows do. */
  static String mixedEndian(StructView view, int at) {
    long high = view.u32le(at) << 32 | (long) view.u16le(at + 4) << 16 | view.u16le(at + 6);
    return text(high, view.u64be(at + 8));
  }

  private static String text(long high, long low) {
    return high == 0 && low == 0 ? "" : new UUID(high, low).toString();
  }
}
