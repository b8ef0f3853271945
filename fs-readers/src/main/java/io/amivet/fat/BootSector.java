package io.amivet.fat;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.Locale;

/**
 * {@code struct fat_boot_sector} of {@code linux/msdos_fs.h}. What the label in it says is not
 * used: the one in the root directory counts.
 *
 * @param bits of an entry of the table: 12, 16 or 32
 * @param tableBytes length of one copy of the table
 * @param activeTable the copy that counts
 * @param rootStart where the fixed root directory lies; on FAT32 that is a chain
 * @param rootCluster first cluster of the root directory, 0 if it is fixed
 * @param lastCluster the last that the volume and the table hold; the first is 2
 */
record BootSector(
    int bits,
    int clusterBytes,
    long tableStart,
    long tableBytes,
    int tableCopies,
    int activeTable,
    long rootStart,
    int rootBytes,
    long rootCluster,
    long dataStart,
    long lastCluster,
    long sizeBytes,
    String serial) {
  static final int SIZE_BYTES = 512;
  static final int FIRST_CLUSTER = 2;

  private static final int SIGNATURE = 0xaa55;

  /** {@code MAX_FAT12}: with more clusters it is FAT16, whatever the names in the sector say. */
  private static final long MAX_FAT12_CLUSTERS = 0xff4;

  private static final long MAX_FAT32_CLUSTERS = 0x0fff_fff6L;
  private static final int NO_MIRROR = 0x80;

  /** Whether the geometry is possible; FAT has no magic that Linux would check. */
  static boolean possible(StructView boot) {
    int sector_size = boot.u16le(11);
    int sec_per_clus = boot.u8(13);
    int reserved = boot.u16le(14);
    int fats = boot.u8(16);
    int media = boot.u8(21);
    long fat_length = boot.u16le(22) != 0 ? boot.u16le(22) : boot.u32le(36);
    long sectors = boot.u16le(19) != 0 ? boot.u16le(19) : boot.u32le(32);
    boolean jump = boot.u8(0) == 0xeb || boot.u8(0) == 0xe9;
    return jump
        && boot.u16le(0x1fe) == SIGNATURE
        && sector_size >= 512
        && sector_size <= 4096
        && Integer.bitCount(sector_size) == 1
        && Integer.bitCount(sec_per_clus) == 1
        && reserved != 0
        && (fats == 1 || fats == 2)
        && (media == 0xf0 || media >= 0xf8)
        && fat_length != 0
        && sectors != 0;
  }

  static BootSector parse(StructView boot) throws IOException {
    if (!possible(boot)) {
      throw boot.corrupt(FatFault.BOOT_SECTOR, 11, "");
    }
    int sector_size = boot.u16le(11);
    int clusterBytes = sector_size * boot.u8(13);
    int fats = boot.u8(16);
    int dir_entries = boot.u16le(17);
    boolean fat32 = boot.u16le(22) == 0;
    long fat_length = fat32 ? boot.u32le(36) : boot.u16le(22);
    long sectors = boot.u16le(19) != 0 ? boot.u16le(19) : boot.u32le(32);
    long tableStart = (long) boot.u16le(14) * sector_size;
    long rootStart = tableStart + fats * fat_length * sector_size;
    int rootBytes = (dir_entries * 32 + sector_size - 1) & -sector_size;
    long dataStart = rootStart + rootBytes;
    long clusters = (sectors * sector_size - dataStart) / clusterBytes;
    if (clusters <= 0) {
      throw boot.corrupt(FatFault.BOOT_SECTOR, 19, sectors + " sectors");
    }
    int bits = fat32 ? 32 : clusters > MAX_FAT12_CLUSTERS ? 16 : 12;
    long inTable = fat_length * sector_size * 8 / bits - FIRST_CLUSTER;
    long count = Math.min(Math.min(clusters, inTable), MAX_FAT32_CLUSTERS);
    if (count <= 0) {
      throw boot.corrupt(FatFault.BOOT_SECTOR, 22, "table of " + fat_length + " sectors");
    }
    int flags = fat32 ? boot.u16le(40) : 0;
    return new BootSector(
        bits,
        clusterBytes,
        tableStart,
        fat_length * sector_size,
        fats,
        (flags & NO_MIRROR) != 0 ? Math.min(flags & 15, fats - 1) : 0,
        rootStart,
        dir_entries * 32,
        fat32 ? boot.u32le(44) : 0,
        dataStart,
        FIRST_CLUSTER - 1 + count,
        sectors * sector_size,
        serial(boot, fat32 ? 66 : 38));
  }

  /** Extended boot signature 0x28 or 0x29: a serial number follows. */
  private static String serial(StructView boot, int at) {
    int signature = boot.u8(at);
    long number = boot.u32le(at + 1);
    return signature == 0x28 || signature == 0x29
        ? String.format(Locale.ROOT, "%04X-%04X", number >> 16, number & 0xffff)
        : "";
  }

  boolean isCluster(long number) {
    return number >= FIRST_CLUSTER && number <= lastCluster;
  }

  long clusterStart(long number) {
    return dataStart + (number - FIRST_CLUSTER) * clusterBytes;
  }
}
