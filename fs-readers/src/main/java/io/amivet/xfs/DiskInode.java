package io.amivet.xfs;

import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inode as stored, {@code struct xfs_dinode} of {@code xfs_format.h}, versions 1 to 3.
 *
 * <p>Left out: project id, generation, extent size hints, and all flags but realtime, bigtime and
 * nrext64.
 *
 * @param realtime the contents lie on another device
 * @param core the inode's own bytes, kept for the attribute fork, which few callers want
 */
record DiskInode(Inode inode, boolean realtime, Fork data, StructView core) {
  static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x64, 0xa0, -1, -1);
  static final int SELF_NUMBER_OFFSET = 0x98;

  private static final int MAGIC = 0x494e; // "IN"
  private static final int CORE_BYTES_V2 = 0x64;
  private static final int CORE_BYTES_V3 = 0xb0;
  private static final int DIFLAG_REALTIME = 1;
  private static final long DIFLAG2_BIGTIME = 1 << 3;
  private static final long DIFLAG2_NREXT64 = 1 << 4;

  static DiskInode parse(StructView di, long number, boolean version5) throws IOException {
    int di_magic = di.u16be(0x00);
    int di_mode = di.u16be(0x02);
    int di_version = di.u8(0x04);
    if (di_magic != MAGIC) {
      throw di.corrupt(XfsFault.INODE_MAGIC, 0x00, "inode " + number);
    }
    if (version5 ? di_version != 3 : di_version < 1 || di_version > 2) {
      throw di.corrupt(XfsFault.INODE_VERSION, 0x04, "inode " + number + ": " + di_version);
    }
    if (di_mode == 0) {
      throw di.corrupt(XfsFault.INODE_FREE, 0x02, "inode " + number);
    }
    FileType type = FileType.ofMode(di_mode);
    if (type == FileType.UNKNOWN) {
      throw di.corrupt(XfsFault.INODE_TYPE, 0x02, "0" + Integer.toOctalString(di_mode));
    }
    long di_size = di.u64be(0x38);
    if (di_size < 0) {
      throw di.corrupt(XfsFault.INODE_SIZE, 0x38, Long.toUnsignedString(di_size));
    }
    int di_flags = di.u16be(0x5a);
    long di_flags2 = di_version == 3 ? di.u64be(0x78) : 0;
    Fork data = dataFork(di, number, type, di_flags2);
    return new DiskInode(
        inode(di, number, type, data, (di_flags2 & DIFLAG2_BIGTIME) != 0),
        (di_flags & DIFLAG_REALTIME) != 0,
        data,
        di);
  }

  private static Inode inode(
      StructView di, long number, FileType type, Fork data, boolean bigTime) {
    int di_version = di.u8(0x04);
    boolean device = type == FileType.CHAR || type == FileType.BLOCK;
    // sysv_encode_dev of linux/kdev_t.h.
    long rdev = device ? data.bytes().u32be(0) : 0;
    return new Inode(
        number,
        type,
        di.u16be(0x02) & 07777,
        di.u32be(0x08),
        di.u32be(0x0c),
        di_version == 1 ? di.u16be(0x06) : di.u32be(0x10),
        di.u64be(0x38),
        time(di, 0x20, bigTime),
        time(di, 0x28, bigTime),
        time(di, 0x30, bigTime),
        di_version == 3 ? time(di, 0x90, bigTime) : null,
        rdev >>> 18,
        rdev & 0x3ffff,
        false);
  }

  /** {@code xfs_timestamp_t}: seconds and nanoseconds, or with bigtime nanoseconds since 1901. */
  private static Instant time(StructView di, int at, boolean bigTime) {
    if (!bigTime) {
      return Instant.ofEpochSecond(di.i32be(at), di.u32be(at + 4));
    }
    long nanoseconds = di.u64be(at);
    long seconds = Long.divideUnsigned(nanoseconds, 1_000_000_000L) - (1L << 31);
    return Instant.ofEpochSecond(seconds, Long.remainderUnsigned(nanoseconds, 1_000_000_000L));
  }

  private static int coreBytes(StructView di) {
    return di.u8(0x04) == 3 ? CORE_BYTES_V3 : CORE_BYTES_V2;
  }

  private static int literalBytes(StructView di) {
    return di.sizeBytes() - coreBytes(di);
  }

  /** {@code di_forkoff} counts units of eight bytes; 0 means that there is no attribute fork. */
  private static int forkOffsetBytes(StructView di) throws IOException {
    int bytes = di.u8(0x52) << 3;
    if (bytes >= literalBytes(di)) {
      throw di.corrupt(XfsFault.INODE_FORK_OFFSET, 0x52, bytes + " bytes");
    }
    return bytes;
  }

  private static Fork dataFork(StructView di, long number, FileType type, long di_flags2)
      throws IOException {
    int di_format = di.u8(0x05);
    boolean allowed =
        switch (type) {
          case REGULAR -> di_format == 2 || di_format == 3;
          case DIRECTORY, SYMLINK -> di_format >= 1 && di_format <= 3;
          default -> di_format == 0;
        };
    if (!allowed) {
      throw di.corrupt(XfsFault.INODE_FORMAT, 0x05, type.label() + " in format " + di_format);
    }
    int offset = forkOffsetBytes(di);
    int size = offset == 0 ? literalBytes(di) : offset;
    long di_nextents = (di_flags2 & DIFLAG2_NREXT64) != 0 ? di.u64be(0x18) : di.u32be(0x4c);
    StructView bytes = di.slice("data fork", coreBytes(di), size);
    return new Fork(number, Fork.Format.of(di_format), di_nextents, bytes);
  }

  /** The attribute fork, if the inode has one. Damage to it costs the attributes alone. */
  @Nullable Fork attributes() throws IOException {
    int offset = forkOffsetBytes(core);
    if (offset == 0) {
      return null;
    }
    int di_aformat = core.u8(0x53);
    if (di_aformat < 1 || di_aformat > 3) {
      throw core.corrupt(XfsFault.INODE_FORMAT, 0x53, "attribute fork in format " + di_aformat);
    }
    boolean wide = core.u8(0x04) == 3 && (core.u64be(0x78) & DIFLAG2_NREXT64) != 0;
    long di_anextents = wide ? core.u32be(0x4c) : core.u16be(0x50);
    long number = inode.number();
    StructView bytes =
        core.slice("attribute fork", coreBytes(core) + offset, literalBytes(core) - offset);
    return new Fork(number, Fork.Format.of(di_aformat), di_anextents, bytes);
  }
}
