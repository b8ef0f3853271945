package io.amivet.erofs;

import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.time.Instant;

/**
 * An inode as stored, {@code erofs_inode_compact} or {@code erofs_inode_extended}.
 *
 * @param layout how its contents are stored
 * @param union {@code i_u}: a block, a device or a chunk format, depending on type and layout
 * @param position where it starts on the volume
 * @param sizeBytes of the fixed part
 * @param attributeBytes of the attributes that follow it
 */
record DiskInode(
    Inode inode, Layout layout, long union, long position, int sizeBytes, int attributeBytes) {
  static final int SLOT_BYTES = 32;

  private static final int COMPACT_BYTES = 32;
  private static final int EXTENDED_BYTES = 64;
  private static final int ATTRIBUTE_HEADER_BYTES = 12;

  /** {@code EROFS_INODE_*}, by number. */
  enum Layout {
    FLAT_PLAIN,
    COMPRESSED_FULL,
    FLAT_INLINE,
    COMPRESSED_COMPACT,
    CHUNK_BASED;

    boolean compressed() {
      return this == COMPRESSED_FULL || this == COMPRESSED_COMPACT;
    }
  }

  static DiskInode read(Metadata metadata, long nid) throws IOException {
    long position = metadata.inodePosition(nid);
    if (position < 0) {
      throw metadata.corrupt(ErofsFault.INODE_RANGE, 0, "inode", Long.toUnsignedString(nid));
    }
    StructView core =
        metadata.at("erofs_inode_compact", position, COMPACT_BYTES, ErofsFault.INODE_RANGE);
    int i_format = core.u16le(0);
    int layout = (i_format >> 1) & 7;
    if (i_format >> 4 != 0 || layout >= Layout.values().length) {
      throw core.corrupt(ErofsFault.INODE_FORMAT, 0, "0x" + Integer.toHexString(i_format));
    }
    FileType type = FileType.ofMode(core.u16le(4));
    if (type == FileType.UNKNOWN) {
      throw core.corrupt(ErofsFault.INODE_TYPE, 4, "0" + Integer.toOctalString(core.u16le(4)));
    }
    boolean extended = (i_format & 1) != 0;
    int size = extended ? EXTENDED_BYTES : COMPACT_BYTES;
    StructView whole = metadata.at("erofs_inode_extended", position, size, ErofsFault.INODE_RANGE);
    int i_xattr_icount = core.u16le(2);
    return new DiskInode(
        extended ? extended(whole, nid, type) : compact(metadata, whole, nid, type),
        Layout.values()[layout],
        core.u32le(16),
        position,
        size,
        i_xattr_icount == 0 ? 0 : ATTRIBUTE_HEADER_BYTES + 4 * (i_xattr_icount - 1));
  }

  private static Inode compact(Metadata metadata, StructView di, long nid, FileType type) {
    Instant built = metadata.superblock.built();
    return inode(di, nid, type, di.u16le(24), di.u16le(26), di.u16le(6), di.u32le(8), built);
  }

  private static Inode extended(StructView di, long nid, FileType type) throws IOException {
    long i_size = di.u64le(8);
    if (i_size < 0) {
      throw di.corrupt(ErofsFault.INODE_SIZE, 8, Long.toUnsignedString(i_size));
    }
    Instant mtime = time(di.u64le(32), di.u32le(40));
    return inode(di, nid, type, di.u32le(24), di.u32le(28), di.u32le(44), i_size, mtime);
  }

  private static Inode inode(
      StructView di,
      long nid,
      FileType type,
      long uid,
      long gid,
      long links,
      long size,
      Instant mtime) {
    boolean device = type == FileType.CHAR || type == FileType.BLOCK;
    // new_decode_dev of linux/kdev_t.h.
    long rdev = device ? di.u32le(16) : 0;
    return new Inode(
        nid,
        type,
        di.u16le(4) & 07777,
        uid,
        gid,
        links,
        size,
        mtime,
        mtime,
        mtime,
        null,
        (rdev >>> 8) & 0xfff,
        (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
        false);
  }

  /** A time that no clock shows is the epoch; the image is to be listed all the same. */
  static Instant time(long seconds, long nanoseconds) {
    boolean possible =
        seconds >= Instant.MIN.getEpochSecond() && seconds < Instant.MAX.getEpochSecond() - 4;
    return possible ? Instant.ofEpochSecond(seconds, nanoseconds) : Instant.EPOCH;
  }

  /** Where inline contents, chunk tables and cluster indexes follow. */
  long end() {
    return position + sizeBytes + attributeBytes;
  }
}
