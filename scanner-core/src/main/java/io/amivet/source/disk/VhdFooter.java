package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The hard disk footer of a VHD image, of Microsoft's "Virtual Hard Disk Image Format
 * Specification" 1.0. It ends the file; images that grow have a copy at the start.
 *
 * @param dataOffset of the dynamic disk header
 * @param currentSizeBytes of the disk; the geometry beside it is rounded and not used
 */
record VhdFooter(long dataOffset, long currentSizeBytes, Type type) {
  static final String COOKIE = "conectix";
  static final int SIZE_BYTES = 512;

  private static final int CHECKSUM_AT = 64;

  enum Type {
    FIXED,
    DYNAMIC,
    DIFFERENCING
  }

  /** Where the footer is, for it need not be at both places; -1 if this is no VHD. */
  static long find(BlockDevice file) throws IOException {
    long end = file.sizeBytes() - SIZE_BYTES;
    if (Magic.isAt(file, end, COOKIE) && (isSound(file, end) || !Magic.isAt(file, 0, COOKIE))) {
      return end;
    }
    return Magic.isAt(file, 0, COOKIE) && file.sizeBytes() >= SIZE_BYTES ? 0 : -1;
  }

  private static boolean isSound(BlockDevice file, long offset) throws IOException {
    StructView footer = file.struct("hard disk footer", offset, SIZE_BYTES);
    return footer.u32be(CHECKSUM_AT) == checksum(footer, CHECKSUM_AT);
  }

  static VhdFooter parse(StructView footer) throws IOException {
    long data_offset = footer.u64be(16);
    long current_size = footer.u64be(48);
    long disk_type = footer.u32be(60);
    checkChecksum(footer, CHECKSUM_AT);
    if (current_size < 0) {
      throw footer.corrupt(DiskFault.HEADER, 48, "size " + Long.toUnsignedString(current_size));
    }
    Type type =
        switch ((int) disk_type) {
          case 2 -> Type.FIXED;
          case 3 -> Type.DYNAMIC;
          case 4 -> Type.DIFFERENCING;
          default -> throw footer.corrupt(DiskFault.HEADER, 60, "disk type " + disk_type);
        };
    return new VhdFooter(data_offset, current_size, type);
  }

  static void checkChecksum(StructView view, int checksumAt) throws IOException {
    long stored = view.u32be(checksumAt);
    long computed = checksum(view, checksumAt);
    if (stored != computed) {
      throw view.corrupt(DiskFault.CHECKSUM, checksumAt, stored + " instead of " + computed);
    }
  }

  /** The ones' complement of the sum of all bytes but those of the checksum. */
  private static long checksum(StructView view, int checksumAt) {
    int sum = 0;
    for (int i = 0; i < view.sizeBytes(); i++) {
      if (i < checksumAt || i >= checksumAt + Integer.BYTES) {
        sum += view.u8(i);
      }
    }
    return ~sum & 0xffff_ffffL;
  }
}
