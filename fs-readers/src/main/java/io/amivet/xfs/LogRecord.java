package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One record of the log, {@code struct xlog_rec_header} of {@code xfs_log_format.h}: a header
 * block, in version 2 a further one ({@code xlog_rec_ext_header}) for each 32 KiB begun of the
 * buffer size, and the payload, of whose blocks the first word is kept in the headers.
 *
 * @param at position of the first header block
 * @param lsn its own address in the log: cycle, and block
 * @param tailLsn where recovery from this record has to start
 * @param operations number of {@code xlog_op_header} in the payload
 */
record LogRecord(
    long at,
    int headerBlocks,
    int payloadBytes,
    long lsn,
    long tailLsn,
    long operations,
    int format,
    UUID uuid,
    int checksum) {
  /** {@code XLOG_FMT_LINUX_LE}; the others are written by machines of other byte order. */
  static final int FORMAT_LITTLE_ENDIAN = 1;

  /** {@code XLOG_MAX_RECORD_BSIZE}. */
  static final int MAX_PAYLOAD_BYTES = 256 << 10;

  private static final int CYCLE_DATA_OFFSET = 0x2c;
  private static final int BLOCKS_PER_HEADER = 64;
  private static final int CHECKSUM_OFFSET = 0x20;

  /** {@code sizeof(struct xlog_rec_header)}, which ends in padding on 64-bit machines. */
  private static final int HEADER_BYTES = 328;

  private static final int HEADER_BYTES_32_BIT = 324;
  private static final int EXTENDED_HEADER_BYTES = 260;

  /** Reads the header at {@code at}; checks of {@code xlog_valid_rec_header}. */
  static LogRecord parse(LogRing ring, long at) throws IOException {
    StructView header = ring.block(at);
    long h_version = header.u32be(0x08);
    long h_len = header.u32be(0x0c);
    long h_size = header.u32be(0x140);
    if (header.u32be(0x00) != LogRing.HEADER_MAGIC || h_version < 1 || h_version > 3) {
      throw header.corrupt(XfsFault.LOG_RECORD, 0x00, "version " + h_version);
    }
    int headerBlocks = headerBlocks(h_version, h_size);
    if (h_len == 0
        || h_len > MAX_PAYLOAD_BYTES
        || h_size > MAX_PAYLOAD_BYTES
        || h_len > (long) headerBlocks * BLOCKS_PER_HEADER * LogRing.BLOCK_BYTES) {
      throw header.corrupt(XfsFault.LOG_RECORD, 0x0c, h_len + " bytes");
    }
    return new LogRecord(
        at,
        headerBlocks,
        (int) h_len,
        header.u64be(0x10),
        header.u64be(0x18),
        header.u32be(0x28),
        header.i32be(0x12c),
        Superblock.uuid(header, 0x130),
        header.i32le(CHECKSUM_OFFSET));
  }

  /** Version 1 has one header whatever the size. */
  private static int headerBlocks(long version, long size) {
    long perHeader = (long) BLOCKS_PER_HEADER * LogRing.BLOCK_BYTES;
    return (version & 2) != 0 && size > perHeader && size <= MAX_PAYLOAD_BYTES
        ? (int) ((size + perHeader - 1) / perHeader)
        : 1;
  }

  private int payloadBlocks() {
    return (payloadBytes + LogRing.BLOCK_BYTES - 1) / LogRing.BLOCK_BYTES;
  }

  /** Position after the record. */
  long end() {
    return at + headerBlocks + payloadBlocks();
  }

  /** Where the payload starts on the volume. */
  long payloadOffset(LogRing ring) {
    return ring.volumeOffset(at + headerBlocks);
  }

  /** Whether a lone unmount record says that all before it is in its place. */
  boolean isUnmount(LogRing ring) throws IOException {
    int oh_flags = ring.block(at + headerBlocks).u8(0x09);
    return operations == 1 && (oh_flags & LogOperation.UNMOUNT) != 0;
  }

  /** Whether the checksum is right; 32-bit machines leave out padding that others cover. */
  boolean checksumHolds(LogRing ring) throws IOException {
    byte[] bytes = ring.read(at, headerBlocks + payloadBlocks());
    return checksum == computed(bytes, HEADER_BYTES)
        || checksum == computed(bytes, HEADER_BYTES_32_BIT);
  }

  /** What the checksum should be. */
  int computedChecksum(LogRing ring) throws IOException {
    return computed(ring.read(at, headerBlocks + payloadBlocks()), HEADER_BYTES);
  }

  /** {@code xlog_cksum}: over the headers and the payload as it is on disk. */
  private int computed(byte[] bytes, int headerBytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_OFFSET);
    crc.update(new byte[Integer.BYTES]);
    int after = CHECKSUM_OFFSET + Integer.BYTES;
    crc.update(bytes, after, headerBytes - after);
    int perHeader = BLOCKS_PER_HEADER * LogRing.BLOCK_BYTES;
    for (int i = 1; i < (payloadBytes + perHeader - 1) / perHeader; i++) {
      crc.update(bytes, i * LogRing.BLOCK_BYTES, EXTENDED_HEADER_BYTES);
    }
    crc.update(bytes, headerBlocks * LogRing.BLOCK_BYTES, payloadBytes);
    return (int) crc.getValue();
  }

  /** The payload with the first word of each block put back ({@code xlog_unpack_data}). */
  byte[] payload(LogRing ring) throws IOException {
    byte[] headers = ring.read(at, headerBlocks);
    byte[] payload = ring.read(at + headerBlocks, payloadBlocks());
    MemorySegment from = MemorySegment.ofArray(headers);
    MemorySegment to = MemorySegment.ofArray(payload);
    for (int block = 0; block < payloadBlocks(); block++) {
      int header = block / BLOCKS_PER_HEADER;
      int words = header == 0 ? CYCLE_DATA_OFFSET : Integer.BYTES;
      int word = header * LogRing.BLOCK_BYTES + words + block % BLOCKS_PER_HEADER * Integer.BYTES;
      to.set(
          ValueLayout.JAVA_INT_UNALIGNED,
          (long) block * LogRing.BLOCK_BYTES,
          from.get(ValueLayout.JAVA_INT_UNALIGNED, word));
    }
    return payload;
  }
}
