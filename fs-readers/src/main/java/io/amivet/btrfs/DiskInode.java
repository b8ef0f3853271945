package io.amivet.btrfs;

import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.time.Instant;

/** {@code struct btrfs_inode_item} of {@code linux/btrfs_tree.h}. */
final class DiskInode {
  static final int SIZE_BYTES = 160;
  private static final long NANOSECONDS = 1_000_000_000;

  private DiskInode() {}

  static Inode parse(StructView item, long number) throws IOException {
    if (!item.holds(0, SIZE_BYTES)) {
      throw item.corrupt(BtrfsFault.INODE_ITEM, 0, item.sizeBytes() + " bytes");
    }
    long size = item.u64le(16);
    int mode = (int) item.u32le(52);
    long rdev = item.u64le(56);
    FileType type = FileType.ofMode(mode);
    if (size < 0) {
      throw item.corrupt(BtrfsFault.INODE_ITEM, 16, Long.toUnsignedString(size) + " bytes");
    }
    if (type == FileType.UNKNOWN || mode >>> 16 != 0) {
      throw item.corrupt(BtrfsFault.INODE_TYPE, 52, "0" + Integer.toOctalString(mode));
    }
    boolean device = type == FileType.CHAR || type == FileType.BLOCK;
    return new Inode(
        number,
        type,
        mode & 07777,
        item.u32le(44),
        item.u32le(48),
        item.u32le(40),
        size,
        time(item, 112),
        time(item, 136),
        time(item, 124),
        time(item, 148),
        // The kernel's own dev_t: twenty bits of minor number.
        device ? (rdev >>> 20) & 0xfff : 0,
        device ? rdev & 0xfffff : 0,
        false);
  }

  /** {@code struct btrfs_timespec}; what no clock shows is held to the nearest that one can. */
  private static Instant time(StructView item, int at) {
    long seconds = Math.clamp(item.u64le(at), Instant.MIN.getEpochSecond(), MAX_SECONDS);
    return Instant.ofEpochSecond(seconds, Math.min(item.u32le(at + 8), NANOSECONDS - 1));
  }

  private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();
}
