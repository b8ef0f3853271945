package io.amivet.ext;

import io.amivet.block.StructView;

/**
 * {@code struct ext4_group_desc} of {@code ext4.h}. Skipped: counts of free blocks, free inodes and
 * directories, the inode bitmap and its checksum, the snapshot exclude bitmap.
 *
 * @param inodeBitmap only to know that its block is in use
 * @param bitmapChecksumBits 16 or 32, how much of the block bitmap's checksum is kept
 */
record GroupDescriptor(
    long blockBitmap,
    long inodeBitmap,
    long inodeTable,
    int flags,
    int bitmapChecksum,
    int bitmapChecksumBits) {
  static final int CHECKSUM_AT = 0x1e;
  private static final int HIGH_HALVES_AT = 0x20;
  private static final int BLOCK_UNINIT = 2;

  static GroupDescriptor parse(StructView gd) {
    boolean wide = gd.sizeBytes() > HIGH_HALVES_AT;
    long bg_block_bitmap = gd.u32le(0x0) | (wide ? gd.u32le(0x20) << 32 : 0);
    long bg_inode_bitmap = gd.u32le(0x4) | (wide ? gd.u32le(0x24) << 32 : 0);
    long bg_inode_table = gd.u32le(0x8) | (wide ? gd.u32le(0x28) << 32 : 0);
    int bg_block_bitmap_csum = gd.u16le(0x18) | (wide ? gd.u16le(0x38) << 16 : 0);
    return new GroupDescriptor(
        bg_block_bitmap,
        bg_inode_bitmap,
        bg_inode_table,
        gd.u16le(0x12),
        bg_block_bitmap_csum,
        wide ? 32 : 16);
  }

  /** False if the descriptor carries a checksum that does not hold. */
  static boolean checksumHolds(StructView gd, Superblock superblock, int group) {
    int stored = gd.u16le(CHECKSUM_AT);
    if (superblock.checksumsKnown()) {
      return crc32c(gd, superblock, group) == stored;
    }
    boolean crc16 = superblock.has(Feature.GDT_CSUM) && !superblock.has(Feature.METADATA_CSUM);
    return !crc16 || crc16(gd, superblock, group) == stored;
  }

  private static int crc32c(StructView gd, Superblock superblock, int group) {
    Crc32c crc = Crc32c.startingAt(superblock.checksumSeed()).u32(group);
    crc.bytes(gd.segment(), 0, CHECKSUM_AT).bytes(new byte[Short.BYTES]);
    return crc.bytes(gd.segment(), HIGH_HALVES_AT, gd.sizeBytes()).register() & 0xffff;
  }

  private static int crc16(StructView gd, Superblock superblock, int group) {
    Crc16 crc = new Crc16().bytes(superblock.uuid()).u32(group);
    crc.bytes(gd.segment(), 0, CHECKSUM_AT);
    return crc.bytes(gd.segment(), HIGH_HALVES_AT, gd.sizeBytes()).register();
  }

  /** Whether the block bitmap was never written: all but metadata is free. */
  boolean blockBitmapIsUninitialised(Superblock superblock) {
    boolean flagsCount = superblock.has(Feature.GDT_CSUM) || superblock.has(Feature.METADATA_CSUM);
    return flagsCount && (flags & BLOCK_UNINIT) != 0;
  }
}
