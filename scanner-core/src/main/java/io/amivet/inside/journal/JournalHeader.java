package io.amivet.inside.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct Header} of {@code journal-def.h}, as much of it as reading in order needs.
 *
 * @param incompatibleFlags features that change how a file is read
 * @param headerBytes where the first object starts
 */
record JournalHeader(long incompatibleFlags, long headerBytes) {
  /** The oldest header. */
  static final int SIZE_BYTES = 208;

  private static final int MAX_HEADER_BYTES = 4096;

  private static final int COMPACT = 1 << 4;

  /** XZ, LZ4, keyed hash, zstd, compact. */
  private static final int KNOWN = 0x1f;

  static JournalHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(SIZE_BYTES);
    if (start.length < SIZE_BYTES) {
      throw new EOFException("journal header");
    }
    ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    long incompatible_flags = header.getInt(12) & 0xffff_ffffL;
    long header_size = header.getLong(88);

    if (header_size < SIZE_BYTES || header_size > MAX_HEADER_BYTES || (header_size & 7) != 0) {
      throw new IOException("journal header of " + header_size + " bytes");
    }
    in.skipNBytes(header_size - SIZE_BYTES);
    return new JournalHeader(incompatible_flags, header_size);
  }

  /** Whether data objects have two more fields and offsets are half as long. */
  boolean isCompact() {
    return (incompatibleFlags & COMPACT) != 0;
  }

  boolean hasUnknownFeatures() {
    return (incompatibleFlags & ~KNOWN) != 0;
  }
}
