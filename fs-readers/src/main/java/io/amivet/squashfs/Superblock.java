package io.amivet.squashfs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.compress.BlockCodec;
import java.io.IOException;
import java.util.List;

/**
 * {@code struct squashfs_super_block} of {@code fs/squashfs/squashfs_fs.h}.
 *
 * <p>Left out: the export table, compressor options (decompression needs none of them), and the
 * flags, each of which is also visible in what it concerns.
 *
 * @param fragmentTable position of its index, or -1 if there are no fragments
 * @param attributeTable position of its header, or -1 if there are no attributes
 */
record Superblock(
    int blockLog,
    BlockCodec codec,
    long rootInode,
    long bytesUsed,
    long idTable,
    int idCount,
    long inodeTable,
    long directoryTable,
    long fragmentTable,
    long fragmentCount,
    long attributeTable) {
  static final int SIZE_BYTES = 96;
  static final long MAGIC = 0x73717368L;
  static final long MAGIC_BIG_ENDIAN = 0x68737173L;

  private static final int MIN_BLOCK_LOG = 12;
  private static final int MAX_BLOCK_LOG = 20;

  static Superblock parse(StructView sb) throws IOException {
    long s_magic = sb.u32le(0);
    if (s_magic == MAGIC_BIG_ENDIAN) {
      throw new UnsupportedFeatureException("squashfs", List.of("big-endian version"));
    }
    if (s_magic != MAGIC) {
      throw sb.corrupt(SquashfsFault.SUPERBLOCK_MAGIC, 0, "0x" + Long.toHexString(s_magic));
    }
    int s_major = sb.u16le(28);
    int s_minor = sb.u16le(30);
    if (s_major != 4 || s_minor != 0) {
      throw new UnsupportedFeatureException(
          "squashfs", List.of("version " + s_major + "." + s_minor));
    }
    long block_size = sb.u32le(12);
    int block_log = sb.u16le(22);
    if (block_log < MIN_BLOCK_LOG || block_log > MAX_BLOCK_LOG || block_size != 1L << block_log) {
      throw sb.corrupt(SquashfsFault.SUPERBLOCK_BLOCK_SIZE, 12, block_size + ", log " + block_log);
    }
    long bytes_used = sb.u64le(40);
    if (bytes_used < SIZE_BYTES) {
      throw sb.corrupt(
          SquashfsFault.SUPERBLOCK_TABLE, 40, Long.toUnsignedString(bytes_used) + " bytes in all");
    }
    long fragments = sb.u32le(16);
    return new Superblock(
        block_log,
        Compression.codec(sb.u16le(20)),
        sb.u64le(32),
        bytes_used,
        table(sb, 48, bytes_used),
        sb.u16le(26),
        table(sb, 64, bytes_used),
        table(sb, 72, bytes_used),
        fragments == 0 ? -1 : optionalTable(sb, 80, bytes_used),
        fragments,
        optionalTable(sb, 56, bytes_used));
  }

  private static long table(StructView sb, int at, long bytesUsed) throws IOException {
    long position = sb.u64le(at);
    if (position < SIZE_BYTES || position >= bytesUsed) {
      throw sb.corrupt(SquashfsFault.SUPERBLOCK_TABLE, at, Long.toUnsignedString(position));
    }
    return position;
  }

  /** What is damaged is treated as absent here, and met again as a fault where it is needed. */
  private static long optionalTable(StructView sb, int at, long bytesUsed) {
    long position = sb.u64le(at);
    return position < SIZE_BYTES || position >= bytesUsed ? -1 : position;
  }

  int blockSizeBytes() {
    return 1 << blockLog;
  }
}
