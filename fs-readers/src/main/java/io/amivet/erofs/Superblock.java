package io.amivet.erofs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * {@code struct erofs_super_block} of {@code fs/erofs/erofs_fs.h}.
 *
 * <p>Left out: the checksum's algorithm is in {@link ErofsFormat}; compressor settings (no
 * decompressor here needs them) and the device table.
 *
 * @param built the time of inodes that keep none
 * @param deviceCount devices besides this one
 * @param packedNid inode of the packed tails, or 0
 * @param prefixStart where the table of attribute name prefixes starts, in units of four bytes
 */
record Superblock(
    int blockBits,
    long rootNid,
    Instant built,
    long blocks,
    long metaBlock,
    long attributeBlock,
    String uuid,
    String label,
    int incompat,
    int compat,
    int deviceCount,
    long packedNid,
    int prefixCount,
    long prefixStart) {
  static final int OFFSET = 1024;
  static final int SIZE_BYTES = 128;
  static final long MAGIC = 0xe0f5e1e2L;

  private static final int MIN_BLOCK_BITS = 9;
  private static final int MAX_BLOCK_BITS = 16;

  static Superblock parse(StructView sb) throws IOException {
    long magic = sb.u32le(0);
    if (magic != MAGIC) {
      throw sb.corrupt(ErofsFault.SUPERBLOCK_MAGIC, 0, "0x" + Long.toHexString(magic));
    }
    int blkszbits = sb.u8(12);
    if (blkszbits < MIN_BLOCK_BITS || blkszbits > MAX_BLOCK_BITS) {
      throw sb.corrupt(ErofsFault.SUPERBLOCK_BLOCK_SIZE, 12, "2^" + blkszbits);
    }
    int feature_incompat = sb.i32le(80);
    List<String> refused = IncompatFeature.refused(feature_incompat);
    if (!refused.isEmpty()) {
      throw new UnsupportedFeatureException("erofs", refused);
    }
    int dirblkbits = sb.u8(90);
    if (dirblkbits != 0) {
      throw new UnsupportedFeatureException("erofs", List.of("directory blocks of another size"));
    }
    long build_time = sb.u64le(24);
    return new Superblock(
        blkszbits,
        sb.u16le(14),
        DiskInode.time(build_time, sb.u32le(32)),
        sb.u32le(36),
        sb.u32le(40),
        sb.u32le(44),
        uuid(sb),
        label(sb.bytes(64, 16)),
        feature_incompat,
        sb.i32le(8),
        IncompatFeature.DEVICE_TABLE.in(feature_incompat) ? sb.u16le(86) : 0,
        IncompatFeature.FRAGMENTS.in(feature_incompat) ? sb.u64le(96) : 0,
        IncompatFeature.XATTR_PREFIXES.in(feature_incompat) ? sb.u8(91) : 0,
        sb.u32le(92));
  }

  private static String uuid(StructView sb) {
    long high = sb.u64be(48);
    long low = sb.u64be(56);
    return high == 0 && low == 0 ? "" : new UUID(high, low).toString();
  }

  private static String label(byte[] volume_name) {
    String text = new String(volume_name, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** What the file system says it fills. */
  long sizeBytes() {
    return blocks << blockBits;
  }

  int blockSizeBytes() {
    return 1 << blockBits;
  }
}
