package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * {@code struct ext4_super_block} of {@code ext4.h}, as far as a reader needs it. Skipped: mount
 * counts and times, reservations, RAID hints, quota inodes, error records.
 *
 * @param offset where on the volume this copy lies
 * @param checksumSeed the register that all metadata checksums start from
 * @param checksumsKnown metadata carries checksums of the one known type, CRC-32C
 * @param blockGroup {@code s_block_group_nr}, the group this copy is in
 */
record Superblock(
    long offset,
    FeatureSet features,
    Geometry geometry,
    long firstMetaBg,
    int reservedGdtBlocks,
    long backupGroup0,
    long backupGroup1,
    int checksumSeed,
    boolean checksumsKnown,
    boolean markedDamaged,
    int blockGroup,
    DirectoryHash directoryHash,
    byte[] uuid,
    String label) {
  static final int SIZE_BYTES = 1024;

  /** Where the first copy lies, whatever the block size. */
  static final long PRIMARY_OFFSET = 1024;

  private static final int MAGIC = 0xef53;
  private static final int CHECKSUM_AT = 0x3fc;
  private static final int CHECKSUM_TYPE_CRC32C = 1;
  private static final int STATE_ERRORS = 2;

  static boolean hasMagic(StructView sb) {
    return sb.u16le(0x38) == MAGIC;
  }

  /**
   * Takes a superblock apart.
   *
   * @throws io.amivet.block.UnsupportedFeatureException if a feature forbids reading the volume
   */
  static Superblock parse(StructView sb) throws IOException {
    if (!hasMagic(sb)) {
      throw sb.corrupt(ExtFault.SUPERBLOCK_MAGIC, 0x38, "0x" + Integer.toHexString(sb.u16le(0x38)));
    }
    // Revision 0 knows no features; the bytes may hold anything.
    boolean dynamic = sb.u32le(0x4c) > 0;
    FeatureSet features =
        dynamic
            ? new FeatureSet(sb.i32le(0x5c), sb.i32le(0x60), sb.i32le(0x64))
            : new FeatureSet(0, 0, 0);
    features.refuseUnsupported();
    byte[] uuid = sb.bytes(0x68, 16);
    int s_checksum_type = sb.u8(0x175);
    return new Superblock(
        sb.offset(),
        features,
        Geometry.parse(sb, features),
        sb.u32le(0x104),
        sb.u16le(0xce),
        sb.u32le(0x24c),
        sb.u32le(0x250),
        features.has(Feature.CSUM_SEED)
            ? sb.i32le(0x270)
            : Crc32c.startingAt(Crc32c.ALL_ONES).bytes(uuid).register(),
        features.has(Feature.METADATA_CSUM) && s_checksum_type == CHECKSUM_TYPE_CRC32C,
        (sb.u16le(0x3a) & STATE_ERRORS) != 0,
        sb.u16le(0x5a),
        DirectoryHash.parse(sb),
        uuid,
        label(sb.bytes(0x78, 16)));
  }

  /** The fault if this copy carries a checksum and it does not hold. */
  void checkChecksum(StructView sb) throws CorruptImageException {
    if (checksumsKnown) {
      int expected =
          Crc32c.startingAt(Crc32c.ALL_ONES).bytes(sb.segment(), 0, CHECKSUM_AT).register();
      if (expected != sb.i32le(CHECKSUM_AT)) {
        throw sb.corrupt(ExtFault.SUPERBLOCK_CHECKSUM, CHECKSUM_AT, "");
      }
    }
  }

  private static String label(byte[] padded) {
    int end = 0;
    while (end < padded.length && padded[end] != 0) {
      end++;
    }
    return new String(padded, 0, end, StandardCharsets.UTF_8);
  }

  /** The uuid in the usual form; empty if there is none. */
  String uuidText() {
    String hex = HexFormat.of().formatHex(uuid);
    if (hex.chars().allMatch(c -> c == '0')) {
      return "";
    }
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  boolean has(Feature feature) {
    return features.has(feature);
  }

  /** Whether the group holds a copy of the superblock, {@code ext4_bg_has_super}. */
  boolean groupHasSuperblock(long group) {
    if (group == 0) {
      return true;
    }
    if (has(Feature.SPARSE_SUPER2)) {
      return group == backupGroup0 || group == backupGroup1;
    }
    return group == 1
        || !has(Feature.SPARSE_SUPER)
        || isPowerOf(3, group)
        || isPowerOf(5, group)
        || isPowerOf(7, group);
  }

  private static boolean isPowerOf(int base, long value) {
    long power = base;
    while (power < value) {
      power *= base;
    }
    return power == value;
  }
}
