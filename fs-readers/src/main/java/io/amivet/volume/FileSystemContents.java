package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** File systems that a magic at a fixed place does not identify well enough. */
final class FileSystemContents {
  private static final int BOOT_SIGNATURE = 0xaa55;

  private FileSystemContents() {}

  /** {@code ext4_super_block} of {@code fs/ext4/ext4.h}; the generation by its features. */
  static Optional<Identity> ext(Probe probe) throws IOException {
    return probe
        .at("ext4_super_block", 1024, 1024)
        .filter(sb -> sb.u16le(0x38) == 0xef53)
        .map(sb ->
            new Identity(
                extGeneration(sb),
                Identity.text(sb.bytes(0x78, 16)),
                Guid.bigEndian(sb, 0x68),
                ""));
  }

  private static String extGeneration(StructView sb) {
    long s_feature_compat = sb.u32le(0x5c);
    long s_feature_incompat = sb.u32le(0x60);
    long s_feature_ro_compat = sb.u32le(0x64);
    boolean journalDevice = (s_feature_incompat & 0x8) != 0;
    // What ext3 knows: filetype, recover, meta_bg; sparse_super, large_file.
    boolean beyondExt3 = (s_feature_incompat & ~0x1eL) != 0 || (s_feature_ro_compat & ~0x7L) != 0;
    if (journalDevice) {
      return "jbd";
    }
    if (beyondExt3) {
      return "ext4";
    }
    return (s_feature_compat & 0x4) != 0 ? "ext3" : "ext2";
  }

  /** The boot sector of NTFS; the label lies in a file and is not looked for. */
  static Optional<Identity> ntfs(Probe probe) throws IOException {
    return probe
        .at("ntfs_super_block", 0, 512, 3, "NTFS    ".getBytes(ISO_8859_1))
        .map(boot -> {
          String serial = String.format(Locale.ROOT, "%016X", boot.u64le(0x48));
          return new Identity("ntfs", "", serial, "");
        });
  }

  /** The boot sector of exFAT; the label lies in the root directory and is not looked for. */
  static Optional<Identity> exfat(Probe probe) throws IOException {
    return probe
        .at("exfat_super_block", 0, 512, 3, "EXFAT   ".getBytes(ISO_8859_1))
        .map(boot -> new Identity("exfat", "", serial(boot.u32le(100)), ""));
  }

  /**
   * The boot sector of FAT12, FAT16 and FAT32 ({@code fat_boot_sector} of {@code
   * linux/msdos_fs.h}). The names in it are hints that Linux does not check, so its geometry must
   * be possible.
   */
  static Optional<Identity> vfat(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("fat_boot_sector", 0, 512);
    if (found.isEmpty() || !fatGeometry(found.get())) {
      return Optional.empty();
    }
    StructView boot = found.get();
    boolean fat32 = boot.u16le(22) == 0;
    // Extended boot signature 0x28 or 0x29: serial number, and with 0x29 label and type follow.
    int extension = fat32 ? 66 : 38;
    int signature = boot.u8(extension);
    boolean named = signature == 0x29 || signature == 0x28;
    String label = signature == 0x29 ? Identity.text(boot.bytes(extension + 5, 11)) : "";
    return Optional.of(
        new Identity(
            "vfat",
            label.equals("NO NAME") ? "" : label,
            named ? serial(boot.u32le(extension + 1)) : "",
            fat32 ? "FAT32" : ""));
  }

  private static boolean fatGeometry(StructView boot) {
    int sector_size = boot.u16le(11);
    int sec_per_clus = boot.u8(13);
    int reserved = boot.u16le(14);
    int fats = boot.u8(16);
    int media = boot.u8(21);
    long fat_length = boot.u16le(22) != 0 ? boot.u16le(22) : boot.u32le(36);
    long sectors = boot.u16le(19) != 0 ? boot.u16le(19) : boot.u32le(32);
    boolean jump = boot.u8(0) == 0xeb || boot.u8(0) == 0xe9;
    return jump
        && boot.u16le(0x1fe) == BOOT_SIGNATURE
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

  private static String serial(long number) {
    return String.format(Locale.ROOT, "%04X-%04X", number >> 16, number & 0xffff);
  }
}
