package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes inode items and new inode chunks ({@code xlog_recover_inode_commit_pass2} and {@code
 * xlog_recover_icreate_commit_pass2}).
 */
final class InodeReplay {
  private static final int MAGIC = 0x494e; // "IN"
  private static final int VERSION_OFFSET = 0x04;
  private static final int FLUSH_OFFSET = 0x1e;
  private static final int LSN_OFFSET = 0x70;
  private static final int MAX_FLUSH = 0xffff;

  /** {@code struct xfs_icreate_log}, big-endian but for its first two fields. */
  private static final int CREATE_BYTES = 28;

  /** A chunk of 64, or a block of the largest size with inodes of the smallest. */
  private static final int MAX_CREATED = 256;

  /** A few bytes of the log state a whole chunk, over and over if it is hostile. */
  private static final long MAX_CREATED_BYTES = 512 << 20;

  private final Metadata metadata;
  private final ReplayedBlocks blocks;
  private final CancelledBuffers cancelled;
  private long createdBytes;

  InodeReplay(Metadata metadata, ReplayedBlocks blocks, CancelledBuffers cancelled) {
    this.metadata = metadata;
    this.blocks = blocks;
    this.cancelled = cancelled;
  }

  void replay(InodeItem inode, long lsn) throws IOException {
    if (cancelled.contains(inode.bufferOffset(), inode.bufferBytes())) {
      return;
    }
    StructView format = inode.item().region(0);
    int size = metadata.geometry.inodeSizeBytes();
    long end = inode.bufferOffset() + inode.bufferBytes();
    if (inode.offset() + size > end || !metadata.holds(inode.bufferOffset(), inode.bufferBytes())) {
      throw format.corrupt(XfsFault.LOG_ITEM, 0, "inode outside of its buffer or the volume");
    }
    byte[] disk = blocks.read(inode.offset(), size);
    if ((ByteBuffer.wrap(disk).getShort(0) & 0xffff) != MAGIC) {
      throw format.corrupt(XfsFault.LOG_ITEM, 0, "no inode at " + inode.offset());
    }
    if (isNewer(ByteBuffer.wrap(disk), inode.core(), lsn)) {
      return;
    }
    apply(inode, disk, lsn);
    write(inode.offset(), disk, format);
  }

  /** Whether the inode on disk already has the change, or later ones. */
  private boolean isNewer(ByteBuffer disk, StructView core, long lsn) {
    if (metadata.superblock.selfDescribing()) {
      long di_lsn = disk.getLong(LSN_OFFSET);
      return disk.get(VERSION_OFFSET) >= 3 && di_lsn != -1 && Long.compareUnsigned(di_lsn, lsn) > 0;
    }
    int onDisk = disk.getShort(FLUSH_OFFSET) & 0xffff;
    int logged = core.holds(FLUSH_OFFSET, 2) ? core.u16le(FLUSH_OFFSET) : 0;
    boolean wrapped = onDisk == MAX_FLUSH && logged < MAX_FLUSH >> 1;
    return logged < onDisk && !wrapped;
  }

  private static void apply(InodeItem inode, byte[] disk, long lsn) throws IOException {
    LogInode logged = new LogInode(inode.core(), disk);
    logged.writeCore(lsn);
    if (inode.has(InodeItem.DEVICE)) {
      logged.writeDevice(inode.device());
    }
    if (inode.hasData()) {
      logged.writeData(inode.data(), inode.has(InodeItem.DATA_TREE));
    }
    if (inode.hasAttributes()) {
      logged.writeAttributes(inode.attributes(), inode.has(InodeItem.ATTRIBUTE_TREE));
    }
  }

  /** Writes the free inodes of a new chunk ({@code xfs_ialloc_inode_init}). */
  void create(LogItem item) throws IOException {
    StructView icl = item.region(0);
    if (!icl.holds(0, CREATE_BYTES)) {
      throw icl.corrupt(XfsFault.LOG_ITEM, 0, "inode creation of " + icl.sizeBytes() + " bytes");
    }
    Geometry geometry = metadata.geometry;
    long icl_ag = icl.u32be(4);
    long icl_agbno = icl.u32be(8);
    long icl_count = icl.u32be(12);
    long icl_length = icl.u32be(20);
    int inodesPerBlockLog = geometry.blockLog() - geometry.inodeLog();
    long offset = geometry.blockOffset((icl_ag << geometry.agBlockLog()) | icl_agbno, icl_length);
    if (icl.u32be(16) != geometry.inodeSizeBytes()
        || icl_count == 0
        || icl_count > MAX_CREATED
        || icl_length << inodesPerBlockLog != icl_count
        || icl_agbno >= geometry.agBlocks()
        || !metadata.holds(offset, icl_count << geometry.inodeLog())) {
      throw icl.corrupt(XfsFault.LOG_ITEM, 4, icl_count + " inodes at block " + icl_agbno);
    }
    if (cancelled.containsAny(offset, icl_length << geometry.blockLog())) {
      return;
    }
    createdBytes += icl_count << geometry.inodeLog();
    if (createdBytes > MAX_CREATED_BYTES) {
      throw icl.corrupt(XfsFault.LOG_LIMIT, 0, "more new inodes than are kept");
    }
    long first = ((icl_ag << geometry.agBlockLog()) | icl_agbno) << inodesPerBlockLog;
    write(offset, freeInodes(first, (int) icl_count, icl.i32be(24)), icl);
  }

  private byte[] freeInodes(long first, int count, int generation) {
    int size = metadata.geometry.inodeSizeBytes();
    ByteBuffer chunk = ByteBuffer.allocate(count * size);
    for (int i = 0; i < count; i++) {
      int at = i * size;
      chunk.putShort(at, (short) MAGIC);
      chunk.put(at + VERSION_OFFSET, (byte) 3);
      chunk.putInt(at + 0x5c, generation);
      chunk.putInt(at + 0x60, -1);
      chunk.putLong(at + DiskInode.SELF_NUMBER_OFFSET, first + i);
      chunk.putLong(at + 0xa0, metadata.superblock.metaUuid().getMostSignificantBits());
      chunk.putLong(at + 0xa8, metadata.superblock.metaUuid().getLeastSignificantBits());
    }
    return chunk.array();
  }

  private void write(long offset, byte[] bytes, StructView format) throws IOException {
    if (!blocks.write(offset, bytes)) {
      throw format.corrupt(XfsFault.LOG_LIMIT, 0, "more changed blocks than are kept");
    }
  }
}
