package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Turns an inode of the log into one of the disk ({@code xfs_log_dinode_to_disk} and {@code
 * xfs_bmbt_to_bmdr}): {@code struct xfs_log_dinode} has the fields of {@code struct xfs_dinode} at
 * the same places, but in the byte order of the machine that wrote it.
 */
final class LogInode {
  private static final int MAGIC = 0x494e; // "IN"
  private static final long BIGTIME = 1 << 3;
  private static final long NREXT64 = 1 << 4;

  /** Without {@code di_next_unlinked} and what follows. */
  private static final int CORE_BYTES_V2 = 0x60;

  private static final int CORE_BYTES_V3 = 0xb0;
  private static final int TREE_ROOT_HEADER_BYTES = 4;
  private static final int TREE_RECORD_BYTES = 16;
  private static final int KEY_BYTES = 8;

  private final StructView core;
  private final ByteBuffer disk;
  private final int version;

  /**
   * @param disk the inode as it is on the disk, which is changed
   */
  LogInode(StructView core, byte[] disk) throws IOException {
    this.core = core;
    this.disk = ByteBuffer.wrap(disk);
    this.version = core.holds(0, CORE_BYTES_V2) ? core.u8(0x04) : 0;
    if (version < 1 || version > 3 || core.u16le(0x00) != MAGIC) {
      throw core.corrupt(XfsFault.LOG_ITEM, 0, "inode core");
    }
    if (version == 3 && !core.holds(0, CORE_BYTES_V3)) {
      throw core.corrupt(XfsFault.LOG_ITEM, 0, "inode core of " + core.sizeBytes() + " bytes");
    }
  }

  /** Writes the core. */
  void writeCore(long lsn) {
    long di_flags2 = version == 3 ? core.u64le(0x78) : 0;
    boolean bigTime = (di_flags2 & BIGTIME) != 0;
    u16(0x00, 0x02);
    copy(0x04, 2); // di_version, di_format
    u16(0x06);
    u32(0x08, 0x0c, 0x10); // di_uid, di_gid, di_nlink
    u16(0x14, 0x16); // di_projid
    writeCounts((di_flags2 & NREXT64) != 0);
    for (int at = 0x20; at <= 0x30; at += 8) {
      time(at, bigTime);
    }
    u64(0x38, 0x40); // di_size, di_nblocks
    u32(0x48); // di_extsize
    copy(0x52, 2); // di_forkoff, di_aformat
    u32(0x54);
    u16(0x58, 0x5a); // di_dmstate, di_flags
    u32(0x5c); // di_gen
    if (version == 3) {
      u64(0x68, 0x78); // di_changecount, di_flags2
      disk.putLong(0x70, lsn);
      u32(0x80);
      time(0x90, bigTime);
      u64(0x98); // di_ino
      copy(0xa0, 16); // di_uuid
    }
  }

  private void writeCounts(boolean wide) {
    if (wide) {
      u64(0x18); // di_big_nextents
      u32(0x4c); // di_big_anextents
      u16(0x50);
      return;
    }
    disk.putLong(0x18, 0); // di_flushiter starts anew
    u32(0x4c); // di_nextents
    u16(0x50); // di_anextents
  }

  /** Writes {@code ilfu_rdev}, which is all of the fork. */
  void writeDevice(long device) {
    disk.putInt(coreBytes(), (int) device);
  }

  void writeData(StructView fork, boolean tree) throws IOException {
    int forkOffset = disk.get(0x52) & 0xff;
    int end = forkOffset == 0 ? disk.capacity() : coreBytes() + forkOffset * 8;
    write(fork, coreBytes(), end, tree);
  }

  void writeAttributes(StructView fork, boolean tree) throws IOException {
    int forkOffset = disk.get(0x52) & 0xff;
    write(fork, coreBytes() + forkOffset * 8, disk.capacity(), tree);
  }

  private int coreBytes() {
    return version == 3 ? CORE_BYTES_V3 : 0x64;
  }

  private void write(StructView fork, int at, int end, boolean tree) throws IOException {
    if (at >= end || end > disk.capacity()) {
      throw core.corrupt(XfsFault.LOG_ITEM, 0x52, "no room for a fork");
    }
    if (tree) {
      writeTreeRoot(fork, at, end - at);
    } else if (fork.sizeBytes() > end - at) {
      throw fork.corrupt(XfsFault.LOG_ITEM, 0, fork.sizeBytes() + " bytes in a fork");
    } else {
      disk.put(at, fork.bytes(0, fork.sizeBytes()));
    }
  }

  /** The root is logged as a block of its own, and lies in the inode without most of its header. */
  private void writeTreeRoot(StructView root, int at, int sizeBytes) throws IOException {
    int header = version == 3 ? 72 : 24;
    int slots = (root.sizeBytes() - header) / TREE_RECORD_BYTES;
    int bb_numrecs = root.holds(0, header) ? root.u16be(0x06) : 0;
    int diskSlots = (sizeBytes - TREE_ROOT_HEADER_BYTES) / TREE_RECORD_BYTES;
    if (bb_numrecs < 1 || bb_numrecs > slots || bb_numrecs > diskSlots) {
      throw root.corrupt(XfsFault.LOG_ITEM, 0, "tree root with " + bb_numrecs + " records");
    }
    disk.putShort(at, (short) root.u16be(0x04));
    disk.putShort(at + 2, (short) bb_numrecs);
    int bytes = bb_numrecs * KEY_BYTES;
    disk.put(at + TREE_ROOT_HEADER_BYTES, root.bytes(header, bytes));
    disk.put(
        at + TREE_ROOT_HEADER_BYTES + diskSlots * KEY_BYTES,
        root.bytes(header + slots * KEY_BYTES, bytes));
  }

  /** {@code xfs_log_timestamp_t}: one number, or two of half the size. */
  private void time(int at, boolean bigTime) {
    if (bigTime) {
      u64(at);
    } else {
      u32(at, at + 4);
    }
  }

  private void u16(int... places) {
    for (int at : places) {
      disk.putShort(at, (short) core.u16le(at));
    }
  }

  private void u32(int... places) {
    for (int at : places) {
      disk.putInt(at, core.i32le(at));
    }
  }

  private void u64(int... places) {
    for (int at : places) {
      disk.putLong(at, core.u64le(at));
    }
  }

  private void copy(int at, int lengthBytes) {
    disk.put(at, core.bytes(at, lengthBytes));
  }
}
