package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * The current one of the two headers of a VHDX image, [MS-VHDX] section 2.2.2.
 *
 * @param logGuid all zeros if there is nothing to replay
 */
record VhdxHeader(
    long sequenceNumber, Guid logGuid, int logVersion, long logBytes, long logOffset) {
  private static final long[] OFFSETS = {64 << 10, 128 << 10};
  private static final int SIZE_BYTES = 4096;

  /** The checked header with the higher sequence number. */
  static VhdxHeader read(BlockDevice file) throws IOException {
    VhdxHeader current = null;
    CorruptImageException damage = null;
    for (long offset : OFFSETS) {
      if (offset > file.sizeBytes() - SIZE_BYTES) {
        throw new CorruptImageException(DiskFault.TRUNCATED, offset, "VHDX_HEADER", "");
      }
      try {
        VhdxHeader header = parse(file.struct("VHDX_HEADER", offset, SIZE_BYTES));
        if (current == null
            || Long.compareUnsigned(header.sequenceNumber, current.sequenceNumber) > 0) {
          current = header;
        }
      } catch (CorruptImageException e) {
        damage = e;
      }
    }
    if (current == null) {
      throw damage != null
          ? damage
          : new CorruptImageException(DiskFault.HEADER, 0, "VHDX_HEADER", "");
    }
    return current;
  }

  private static VhdxHeader parse(StructView header) throws CorruptImageException {
    checkSignature(header, "head");
    checkCrc(header);
    int Version = header.u16le(66);
    if (Version != 1) {
      throw header.corrupt(DiskFault.HEADER, 66, "version " + Version);
    }
    return new VhdxHeader(
        header.u64le(8), Guid.at(header, 48), header.u16le(64), header.u32le(68), header.u64le(72));
  }

  static void checkSignature(StructView view, String expected) throws CorruptImageException {
    for (int i = 0; i < expected.length(); i++) {
      if (view.u8(i) != expected.charAt(i)) {
        throw view.corrupt(DiskFault.HEADER, 0, "no signature '" + expected + "'");
      }
    }
  }

  /** All structures of VHDX carry a CRC-32C over themselves with zeros at its place, offset 4. */
  static void checkCrc(StructView view) throws CorruptImageException {
    CRC32C crc = new CRC32C();
    crc.update(view.segment().asSlice(0, 4).asByteBuffer());
    crc.update(new byte[4]);
    crc.update(view.segment().asSlice(8).asByteBuffer());
    if (crc.getValue() != view.u32le(4)) {
      throw view.corrupt(DiskFault.CHECKSUM, 4, view.u32le(4) + " instead of " + crc.getValue());
    }
  }
}
