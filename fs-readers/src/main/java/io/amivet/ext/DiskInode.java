package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct ext4_inode} of {@code ext4.h} with its number. Skipped: version, project id,
 * fragment address, deletion time.
 *
 * @param struct the bytes of the whole slot, for the block map and attributes inside
 * @param extraSizeBytes how much of the slot behind the first 128 bytes holds fields; the rest is
 *     for attributes
 * @param sectors {@code st_blocks}, units of 512 bytes
 * @param attributeBlock block of extended attributes, 0 if none
 */
record DiskInode(
    long number,
    StructView struct,
    int mode,
    int flags,
    long sizeBytes,
    long sectors,
    long attributeBlock,
    int generation,
    int extraSizeBytes) {
  static final int GOOD_OLD_SIZE_BYTES = 128;

  /** {@code i_block}: 15 block numbers, an extent tree's root, inline data or a link target. */
  static final int BLOCK_AT = 0x28;

  static final int BLOCK_BYTES = 60;

  private static final int CHECKSUM_LO_AT = 0x7c;
  private static final int CHECKSUM_HI_AT = 0x82;
  private static final int ENCRYPT_FLAG = 0x800;
  private static final int INDEX_FLAG = 0x1000;
  private static final int HUGE_FILE_FLAG = 0x40000;
  private static final int EXTENTS_FLAG = 0x80000;
  private static final int INLINE_DATA_FLAG = 0x10000000;
  private static final int CASEFOLD_FLAG = 0x40000000;

  static DiskInode parse(long number, StructView inode, Superblock superblock)
      throws CorruptImageException {
    int i_mode = inode.u16le(0x0);
    int i_links_count = inode.u16le(0x1a);
    if (i_mode == 0 || i_links_count == 0) {
      throw inode.corrupt(
          ExtFault.INODE_FREE,
          i_mode == 0 ? 0x0 : 0x1a,
          "inode " + number + ", mode 0" + Integer.toOctalString(i_mode) + ", no links");
    }
    if (FileType.ofMode(i_mode) == FileType.UNKNOWN) {
      throw inode.corrupt(
          ExtFault.INODE_TYPE, 0x0, "inode " + number + ", mode 0" + Integer.toOctalString(i_mode));
    }
    int i_flags = inode.i32le(0x20);
    long i_file_acl_high = superblock.has(Feature.SIXTY_FOUR_BIT) ? inode.u16le(0x76) : 0;
    return new DiskInode(
        number,
        inode,
        i_mode,
        i_flags,
        size(number, inode, i_mode, superblock),
        sectors(inode, i_flags, superblock),
        (i_file_acl_high << 32) | inode.u32le(0x68),
        inode.i32le(0x64),
        extraSize(inode));
  }

  private static long size(long number, StructView inode, int mode, Superblock superblock)
      throws CorruptImageException {
    long size = inode.u32le(0x4);
    // Elsewhere the upper half is i_dir_acl, which old kernels used otherwise.
    if (FileType.ofMode(mode) == FileType.REGULAR || superblock.has(Feature.LARGEDIR)) {
      size |= inode.u32le(0x6c) << 32;
    }
    if (size < 0) {
      throw inode.corrupt(ExtFault.INODE_SIZE, 0x6c, "inode " + number);
    }
    return size;
  }

  private static long sectors(StructView inode, int flags, Superblock superblock) {
    long count = inode.u32le(0x1c);
    if (superblock.has(Feature.HUGE_FILE)) {
      count |= (long) inode.u16le(0x74) << 32;
      if ((flags & HUGE_FILE_FLAG) != 0) {
        count *= superblock.geometry().blockSizeBytes() / 512;
      }
    }
    return count;
  }

  private static int extraSize(StructView inode) {
    if (inode.sizeBytes() == GOOD_OLD_SIZE_BYTES) {
      return 0;
    }
    int i_extra_isize = inode.u16le(0x80);
    return isExtraSizeValid(inode, i_extra_isize) ? i_extra_isize : 0;
  }

  private static boolean isExtraSizeValid(StructView inode, int extra) {
    return extra % 4 == 0 && extra <= inode.sizeBytes() - GOOD_OLD_SIZE_BYTES;
  }

  /** The first thing found wrong that does not keep the inode from being read. */
  @Nullable CorruptImageException damage(Blocks blocks) {
    if (struct.sizeBytes() > GOOD_OLD_SIZE_BYTES && !isExtraSizeValid(struct, struct.u16le(0x80))) {
      return struct.corrupt(
          ExtFault.INODE_EXTRA_SIZE, 0x80, "inode " + number + ", " + struct.u16le(0x80));
    }
    if (blocks.checksums() && !checksumHolds(blocks)) {
      return struct.corrupt(ExtFault.INODE_CHECKSUM, CHECKSUM_LO_AT, "inode " + number);
    }
    return null;
  }

  private boolean checksumHolds(Blocks blocks) {
    byte[] copy = struct.bytes(0, struct.sizeBytes());
    int stored = struct.u16le(CHECKSUM_LO_AT);
    copy[CHECKSUM_LO_AT] = 0;
    copy[CHECKSUM_LO_AT + 1] = 0;
    boolean wide = reaches(CHECKSUM_HI_AT + Short.BYTES);
    if (wide) {
      stored |= struct.u16le(CHECKSUM_HI_AT) << 16;
      copy[CHECKSUM_HI_AT] = 0;
      copy[CHECKSUM_HI_AT + 1] = 0;
    }
    int expected = Crc32c.startingAt(seed(blocks)).bytes(copy).register();
    return stored == (wide ? expected : expected & 0xffff);
  }

  /** Where the checksums of this inode's own blocks start. */
  int seed(Blocks blocks) {
    return blocks.inodeSeed(number, generation);
  }

  private boolean reaches(int end) {
    return end <= GOOD_OLD_SIZE_BYTES + extraSizeBytes;
  }

  FileType type() {
    return FileType.ofMode(mode);
  }

  boolean isEncrypted() {
    return (flags & ENCRYPT_FLAG) != 0;
  }

  boolean isCasefolded() {
    return (flags & CASEFOLD_FLAG) != 0;
  }

  boolean isIndexed() {
    return (flags & INDEX_FLAG) != 0;
  }

  boolean hasExtents() {
    return (flags & EXTENTS_FLAG) != 0;
  }

  boolean hasInlineData() {
    return (flags & INLINE_DATA_FLAG) != 0;
  }

  byte[] blockArea() {
    return struct.bytes(BLOCK_AT, BLOCK_BYTES);
  }

  /**
   * What the rest of amivet sees.
   *
   * @param shownSizeBytes {@code st_size}
   */
  Inode toInode(long shownSizeBytes) {
    long device = deviceNumber();
    // new_decode_dev of linux/kdev_t.h: 12 bits of major between 8 and 12 bits of minor.
    return new Inode(
        number,
        type(),
        mode & 07777,
        struct.u16le(0x2) | ((long) struct.u16le(0x78) << 16),
        struct.u16le(0x18) | ((long) struct.u16le(0x7a) << 16),
        struct.u16le(0x1a),
        shownSizeBytes,
        time(0x8, 0x8c),
        time(0x10, 0x88),
        time(0xc, 0x84),
        created(),
        (device >>> 8) & 0xfff,
        (device & 0xff) | ((device >>> 12) & 0xfff00),
        isEncrypted());
  }

  private Instant time(int secondsAt, int extraAt) {
    return reaches(extraAt + Integer.BYTES)
        ? ExtTime.extended(struct, secondsAt, extraAt)
        : ExtTime.seconds(struct, secondsAt);
  }

  private @Nullable Instant created() {
    if (!reaches(0x90 + Integer.BYTES)) {
      return null;
    }
    return reaches(0x94 + Integer.BYTES)
        ? ExtTime.extended(struct, 0x90, 0x94)
        : ExtTime.seconds(struct, 0x90);
  }

  /** The number in the layout of {@code new_encode_dev}; the old 8+8 layout is a subset of it. */
  private long deviceNumber() {
    if (type() != FileType.CHAR && type() != FileType.BLOCK) {
      return 0;
    }
    long old = struct.u32le(BLOCK_AT);
    return old != 0 ? old & 0xffff : struct.u32le(BLOCK_AT + Integer.BYTES);
  }
}
