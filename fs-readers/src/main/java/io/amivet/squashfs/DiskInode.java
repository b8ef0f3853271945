package io.amivet.squashfs;

import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.time.Instant;

/**
 * An inode as stored, the fourteen kinds of {@code squashfs_fs.h}. The extended kinds add a link
 * count, attributes, 64-bit sizes; all else is the same.
 *
 * @param fields the fixed part of the kind
 * @param rest stands after the fixed part, where block lists and targets follow
 * @param attributes index of its attributes, or -1
 */
record DiskInode(Inode inode, Kind kind, StructView fields, MetadataCursor rest, long attributes) {
  private static final int BASE_BYTES = 16;
  private static final long NONE = 0xffff_ffffL;

  /**
   * The type field, with the size of the fixed part and the places of link count and attributes.
   */
  enum Kind {
    DIRECTORY(FileType.DIRECTORY, 32, 20, -1),
    REGULAR(FileType.REGULAR, 32, -1, -1),
    SYMLINK(FileType.SYMLINK, 24, 16, -1),
    BLOCK(FileType.BLOCK, 24, 16, -1),
    CHAR(FileType.CHAR, 24, 16, -1),
    FIFO(FileType.FIFO, 20, 16, -1),
    SOCKET(FileType.SOCKET, 20, 16, -1),
    LONG_DIRECTORY(FileType.DIRECTORY, 40, 16, 36),
    LONG_REGULAR(FileType.REGULAR, 56, 40, 52),
    /** Its attributes follow the target. */
    LONG_SYMLINK(FileType.SYMLINK, 24, 16, -1),
    LONG_BLOCK(FileType.BLOCK, 28, 16, 24),
    LONG_CHAR(FileType.CHAR, 28, 16, 24),
    LONG_FIFO(FileType.FIFO, 24, 16, 20),
    LONG_SOCKET(FileType.SOCKET, 24, 16, 20);

    private final FileType type;
    private final int sizeBytes;
    private final int linkCountAt;
    private final int attributesAt;

    Kind(FileType type, int sizeBytes, int linkCountAt, int attributesAt) {
      this.type = type;
      this.sizeBytes = sizeBytes;
      this.linkCountAt = linkCountAt;
      this.attributesAt = attributesAt;
    }

    FileType type() {
      return type;
    }
  }

  static DiskInode read(Metadata metadata, LookupTable ids, long reference) throws IOException {
    long table = metadata.superblock.inodeTable();
    StructView base = metadata.at(table, reference).struct("squashfs_base_inode", BASE_BYTES);
    int inode_type = base.u16le(0);
    if (inode_type < 1 || inode_type > Kind.values().length) {
      throw base.corrupt(SquashfsFault.INODE_TYPE, 0, String.valueOf(inode_type));
    }
    Kind kind = Kind.values()[inode_type - 1];
    MetadataCursor cursor = metadata.at(table, reference);
    StructView fields = cursor.struct("squashfs_inode", kind.sizeBytes);
    long xattr = kind.attributesAt < 0 ? NONE : fields.u32le(kind.attributesAt);
    return new DiskInode(
        inode(fields, kind, owner(ids, fields.u16le(4)), owner(ids, fields.u16le(6))),
        kind,
        fields,
        cursor,
        xattr == NONE ? -1 : xattr);
  }

  private static long owner(LookupTable ids, int index) throws IOException {
    return ids.record("id table", index, SquashfsFault.INODE_OWNER).u32le(0);
  }

  private static Inode inode(StructView fields, Kind kind, long uid, long gid) throws IOException {
    FileType type = kind.type();
    Instant mtime = Instant.ofEpochSecond(fields.u32le(8));
    boolean device = type == FileType.BLOCK || type == FileType.CHAR;
    // new_decode_dev of linux/kdev_t.h.
    long rdev = device ? fields.u32le(20) : 0;
    return new Inode(
        fields.u32le(12),
        type,
        fields.u16le(2) & 07777,
        uid,
        gid,
        kind.linkCountAt < 0 ? 1 : fields.u32le(kind.linkCountAt),
        size(fields, kind),
        mtime,
        mtime,
        mtime,
        null,
        (rdev >>> 8) & 0xfff,
        (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
        false);
  }

  private static long size(StructView fields, Kind kind) throws IOException {
    return switch (kind) {
      case DIRECTORY -> fields.u16le(24);
      case LONG_DIRECTORY, SYMLINK, LONG_SYMLINK -> fields.u32le(20);
      case REGULAR -> fields.u32le(28);
      case LONG_REGULAR -> {
        long file_size = fields.u64le(24);
        if (file_size < 0) {
          throw fields.corrupt(SquashfsFault.INODE_SIZE, 24, Long.toUnsignedString(file_size));
        }
        yield file_size;
      }
      default -> 0;
    };
  }
}
