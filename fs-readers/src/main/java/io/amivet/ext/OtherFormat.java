package io.amivet.ext;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Signatures of formats that would leave an ext superblock's backups standing. */
enum OtherFormat {
  XFS(0, "XFSB"),
  SQUASHFS(0, "hsqs"),
  LUKS(0, "LUKS"),
  BITLOCKER(3, "-FVE-FS-"),
  NTFS(3, "NTFS    "),
  EXFAT(3, "EXFAT   "),
  FAT(0x36, "FAT1"),
  FAT32(0x52, "FAT32"),
  LVM(512, "LABELONE"),
  EROFS(1024, "\u00e2\u00e1\u00f5\u00e0"),
  SWAP(4086, "SWAPSPACE2"),
  F2FS(1024, "\u0010 \u00f5\u00f2"),
  ISO9660(0x8001, "CD001"),
  BTRFS(0x10040, "_BHRfS_M");

  private final long offset;

  /** A char a byte. */
  private final String magic;

  OtherFormat(long offset, String magic) {
    this.offset = offset;
    this.magic = magic;
  }

  /** Whether the volume carries one of the signatures. */
  static boolean claims(BlockDevice volume) throws IOException {
    for (OtherFormat format : values()) {
      if (format.matches(volume)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(BlockDevice volume) throws IOException {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return volume.sizeBytes() >= offset + bytes.length
        && volume.view(offset, bytes.length).mismatch(MemorySegment.ofArray(bytes)) < 0;
  }
}
