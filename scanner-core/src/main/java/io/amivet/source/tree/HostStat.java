package io.amivet.source.tree;

import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a file, {@code struct statx} of linux/stat.h.
 *
 * @param device of the file system, major and minor number
 * @param mountId tells two mounts of one file system apart; 0 before Linux 5.8
 * @param storedBytes what is allocated; less than the size if there are holes
 */
record HostStat(
    long device,
    long mountId,
    long inodeNumber,
    int mode,
    long uid,
    long gid,
    long linkCount,
    long sizeBytes,
    long storedBytes,
    long blockBytes,
    Instant accessed,
    Instant modified,
    Instant changed,
    @Nullable Instant created,
    long deviceMajor,
    long deviceMinor) {
  static final int SIZE_BYTES = 256;

  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_BTIME = 0x800;
  private static final int STATX_MNT_ID = 0x1000;
  static final int MASK = STATX_BASIC_STATS | STATX_BTIME | STATX_MNT_ID;

  static HostStat parse(MemorySegment statx) {
    long stx_mask = u32(statx, 0);
    return new HostStat(
        u32(statx, 136) << 32 | u32(statx, 140),
        (stx_mask & STATX_MNT_ID) == 0 ? 0 : u64(statx, 144),
        u64(statx, 32),
        statx.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
        u32(statx, 20),
        u32(statx, 24),
        u32(statx, 16),
        u64(statx, 40),
        u64(statx, 48) * 512,
        u32(statx, 4),
        time(statx, 64),
        time(statx, 112),
        time(statx, 96),
        (stx_mask & STATX_BTIME) == 0 ? null : time(statx, 80),
        u32(statx, 128),
        u32(statx, 132));
  }

  private static long u32(MemorySegment statx, long at) {
    return statx.get(ValueLayout.JAVA_INT, at) & 0xffff_ffffL;
  }

  private static long u64(MemorySegment statx, long at) {
    return statx.get(ValueLayout.JAVA_LONG, at);
  }

  private static Instant time(MemorySegment statx, long at) {
    return Instant.ofEpochSecond(u64(statx, at), u32(statx, at + 8));
  }

  FileType type() {
    return FileType.ofMode(mode);
  }

  Inode toInode(long number) {
    boolean isDevice = type() == FileType.CHAR || type() == FileType.BLOCK;
    return new Inode(
        number,
        type(),
        mode & 07777,
        uid,
        gid,
        linkCount,
        Math.max(0, sizeBytes),
        accessed,
        modified,
        changed,
        created,
        isDevice ? deviceMajor : 0,
        isDevice ? deviceMinor : 0,
        false);
  }
}
