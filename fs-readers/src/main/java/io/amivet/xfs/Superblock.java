package io.amivet.xfs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The superblock, {@code struct xfs_dsb} of {@code xfs_format.h}, both of version 4 and 5.
 *
 * <p>Left out: free counters (lazily kept, so not to be trusted), quota and realtime inodes,
 * allocation hints (stripe unit, inode alignment).
 *
 * @param metaUuid what metadata blocks carry; differs from {@code uuid} after {@code xfs_admin -U}
 * @param logStart file-system block of the internal log; 0 if the log is on another device
 * @param hasFileType directory entries carry a type byte
 */
record Superblock(
    int version,
    Geometry geometry,
    int sectorSizeBytes,
    int directoryBlockLog,
    UUID uuid,
    UUID metaUuid,
    String label,
    long rootInode,
    long logStart,
    long logBlocks,
    long realtimeBlocks,
    boolean hasFileType,
    long incompatBits,
    long roCompatBits,
    long logIncompatBits) {
  static final long MAGIC = 0x58465342; // "XFSB"

  /** All of the fields of both versions; the sector it lies in is at least as large. */
  static final int SIZE_BYTES = 512;

  static final int CRC_OFFSET = 0xe0;
  private static final int MIN_AG_BLOCKS = 64;
  private static final int MAX_DIRECTORY_BLOCK_LOG = 16;

  /** Reads the first {@value #SIZE_BYTES} bytes of a superblock; the checksum is not looked at. */
  static Superblock parse(StructView sb) throws IOException {
    long sb_magicnum = sb.u32be(0x00);
    int sb_versionnum = sb.u16be(0x64);
    if (sb_magicnum != MAGIC) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_MAGIC, 0x00, "0x" + Long.toHexString(sb_magicnum));
    }
    int version = sb_versionnum & 0xf;
    long incompat = version == 5 ? sb.u32be(0xd8) : 0;
    // A kernel bug once wrote sb_features2 into the next field too; the kernel ORs them.
    long version4 = Version4Feature.bits(sb_versionnum, sb.u32be(0xc8) | sb.u32be(0xcc));
    refuse(version, version4, incompat);

    Geometry geometry = geometry(sb);
    int sb_sectsize = sb.u16be(0x66);
    if (sb_sectsize < 512 || sb_sectsize > 32768 || Integer.bitCount(sb_sectsize) != 1) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_SECTOR_SIZE, 0x66, String.valueOf(sb_sectsize));
    }
    int sb_dirblklog = sb.u8(0xc0);
    if (geometry.blockLog() + sb_dirblklog > MAX_DIRECTORY_BLOCK_LOG) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_DIRECTORY_BLOCK, 0xc0, String.valueOf(sb_dirblklog));
    }
    long sb_rootino = sb.u64be(0x38);
    if (geometry.inodeOffset(sb_rootino) < 0) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_ROOT_INODE, 0x38, Long.toUnsignedString(sb_rootino));
    }
    boolean ftype =
        version == 5 ? IncompatFeature.FTYPE.in(incompat) : Version4Feature.FTYPE.in(version4);
    return new Superblock(
        version,
        geometry,
        sb_sectsize,
        geometry.blockLog() + sb_dirblklog,
        uuid(sb, 0x20),
        IncompatFeature.META_UUID.in(incompat) ? uuid(sb, 0xf8) : uuid(sb, 0x20),
        label(sb),
        sb_rootino,
        sb.u64be(0x30),
        sb.u32be(0x60),
        sb.u64be(0x10),
        ftype,
        incompat,
        version == 5 ? sb.u32be(0xd4) : 0,
        version == 5 ? sb.u32be(0xdc) : 0);
  }

  private static void refuse(int version, long version4, long incompat)
      throws UnsupportedFeatureException {
    List<String> refused =
        switch (version) {
          case 4 -> Version4Feature.refused(version4);
          case 5 -> IncompatFeature.refused(incompat);
          default -> List.of("superblock version " + version);
        };
    if (!refused.isEmpty()) {
      throw new UnsupportedFeatureException("xfs", refused);
    }
  }

  private static Geometry geometry(StructView sb) throws IOException {
    long sb_blocksize = sb.u32be(0x04);
    long sb_dblocks = sb.u64be(0x08);
    long sb_agblocks = sb.u32be(0x54);
    long sb_agcount = sb.u32be(0x58);
    int sb_inodesize = sb.u16be(0x68);
    int sb_blocklog = sb.u8(0x78);
    int sb_inodelog = sb.u8(0x7a);
    int sb_inopblog = sb.u8(0x7b);
    int sb_agblklog = sb.u8(0x7c);
    if (sb_blocklog < 9 || sb_blocklog > 16 || sb_blocksize != 1L << sb_blocklog) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_BLOCK_SIZE, 0x04, String.valueOf(sb_blocksize));
    }
    if (sb_inodelog < 8
        || sb_inodelog > 11
        || sb_inodesize != 1 << sb_inodelog
        || sb_inopblog != sb_blocklog - sb_inodelog) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_INODE_SIZE, 0x68, String.valueOf(sb_inodesize));
    }
    // agblklog is the smallest that holds agblocks: each half must contradict neither way.
    if (sb_agblocks < MIN_AG_BLOCKS
        || sb_agblklog > 31
        || sb_agblocks > 1L << sb_agblklog
        || sb_agblocks <= 1L << (sb_agblklog - 1)) {
      throw sb.corrupt(XfsFault.SUPERBLOCK_AG_SIZE, 0x54, sb_agblocks + ", log " + sb_agblklog);
    }
    // agblocks < 2^31 and agcount < 2^32, so that neither product overflows.
    if (sb_agcount == 0
        || sb_dblocks <= (sb_agcount - 1) * sb_agblocks
        || sb_dblocks > sb_agcount * sb_agblocks
        || sb_dblocks > Long.MAX_VALUE >> sb_blocklog) {
      throw sb.corrupt(
          XfsFault.SUPERBLOCK_BLOCK_COUNT, 0x08, Long.toUnsignedString(sb_dblocks) + " blocks");
    }
    return new Geometry(sb_blocklog, sb_agblocks, sb_agblklog, sb_agcount, sb_dblocks, sb_inodelog);
  }

  static UUID uuid(StructView struct, int at) {
    return new UUID(struct.u64be(at), struct.u64be(at + 8));
  }

  private static String label(StructView sb) {
    String sb_fname = new String(sb.bytes(0x6c, 12), StandardCharsets.UTF_8);
    int end = sb_fname.indexOf('\0');
    return end < 0 ? sb_fname : sb_fname.substring(0, end);
  }

  /** Version 5: every metadata block carries a checksum and says what it is. */
  boolean selfDescribing() {
    return version == 5;
  }

  int directoryBlockBytes() {
    return 1 << directoryBlockLog;
  }
}
