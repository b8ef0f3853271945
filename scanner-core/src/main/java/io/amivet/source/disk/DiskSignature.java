package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * Tells the bare bytes of a disk from other files, for archives that hold both: a partition table,
 * or a file system that Linux boots from without one.
 */
final class DiskSignature {
  private static final int SECTOR_BYTES = 512;
  private static final int SLOTS_AT = 446;
  private static final int SLOT_BYTES = 16;

  private DiskSignature() {}

  static boolean isDisk(BlockDevice file) throws IOException {
    return file.sizeBytes() >= 4 * SECTOR_BYTES
        && (Magic.isAt(file, SECTOR_BYTES, "EFI PART")
            || Magic.isAt(file, 4096, "EFI PART")
            || isMbr(file)
            || isFileSystem(file));
  }

  /** More than the two last bytes, which a Linux kernel and any boot loader have too. */
  private static boolean isMbr(BlockDevice file) throws IOException {
    StructView sector = file.struct("master boot record", 0, SECTOR_BYTES);
    if (sector.u16le(510) != 0xaa55) {
      return false;
    }
    int used = 0;
    for (int at = SLOTS_AT; at < SLOTS_AT + 4 * SLOT_BYTES; at += SLOT_BYTES) {
      if ((sector.u8(at) & 0x7f) != 0) {
        return false;
      }
      boolean hasType = sector.u8(at + 4) != 0;
      if (hasType && (sector.u32le(at + 8) == 0 || sector.u32le(at + 12) == 0)) {
        return false;
      }
      used += hasType ? 1 : 0;
    }
    return used > 0;
  }

  private static boolean isFileSystem(BlockDevice file) throws IOException {
    return Magic.isAt(file, 1024 + 56, "S\u00ef")
        || Magic.isAt(file, 0, "XFSB")
        || Magic.isAt(file, 0x10040, "_BHRfS_M")
        || Magic.isAt(file, SECTOR_BYTES, "LABELONE");
  }
}
