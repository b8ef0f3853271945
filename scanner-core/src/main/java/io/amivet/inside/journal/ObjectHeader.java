package io.amivet.inside.journal;

import io.amivet.compress.BlockCodec;
import java.util.Optional;

/**
 * {@code struct ObjectHeader} of {@code journal-def.h}.
 *
 * @param type {@code OBJECT_DATA} and so on
 * @param flags how the payload is compressed
 * @param sizeBytes of the object with this header, without the padding to eight bytes
 */
record ObjectHeader(int type, int flags, long sizeBytes) {
  static final int SIZE_BYTES = 16;

  private static final int DATA = 1;
  private static final int TAG = 7;
  private static final int DATA_BYTES = 64;
  private static final int COMPACT_DATA_BYTES = 72;

  private static final int XZ = 1;
  private static final int LZ4 = 1 << 1;
  private static final int ZSTD = 1 << 2;

  /** The smallest object of each type: header, fields, no payload. */
  private static final int[] MIN_BYTES = {0, DATA_BYTES, 40, 64, 16, 16, 24, 64};

  /** Of any object: journald stores no field of more than 768 MiB and grows no file past 4 GiB. */
  private static final long MAX_BYTES = 4L << 30;

  /** The first two words of what may be an object; empty if it is none. */
  static Optional<ObjectHeader> of(long first, long size) {
    int type = (int) first & 0xff;
    int flags = (int) (first >>> 8) & 0xff;
    boolean plain = first >>> 16 == 0 && (flags == 0 || (type == DATA && isOneMethod(flags)));
    if (!plain || type < DATA || type > TAG || size < MIN_BYTES[type] || size > MAX_BYTES) {
      return Optional.empty();
    }
    return Optional.of(new ObjectHeader(type, flags, size));
  }

  private static boolean isOneMethod(int flags) {
    return flags == XZ || flags == LZ4 || flags == ZSTD;
  }

  /** Whether it holds a field and its value. */
  boolean isData(boolean compact) {
    return type == DATA && sizeBytes > payloadAt(compact);
  }

  static int payloadAt(boolean compact) {
    return compact ? COMPACT_DATA_BYTES : DATA_BYTES;
  }

  boolean isCompressed() {
    return flags != 0;
  }

  BlockCodec codec() {
    return switch (flags) {
      case XZ -> BlockCodec.XZ;
      case LZ4 -> BlockCodec.LZ4;
      default -> BlockCodec.ZSTD;
    };
  }

  /** Bytes before the block: LZ4 says there how long the contents are, the others by themselves. */
  int blockAt() {
    return flags == LZ4 ? 8 : 0;
  }

  int paddingBytes() {
    return (int) (-sizeBytes & 7);
  }
}
