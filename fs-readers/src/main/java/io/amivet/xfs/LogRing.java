package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The internal log as a ring of 512-byte blocks ({@code BBSIZE}), whatever the sector size. Each
 * starts with the number of the cycle it was written in. Positions outside of the ring wrap, so
 * that negative ones are those before the start.
 */
final class LogRing {
  static final int BLOCK_BYTES = 512;

  /** {@code XLOG_HEADER_MAGIC_NUM}, where the first block of a record has its cycle. */
  static final long HEADER_MAGIC = 0xfeedbabeL;

  private final BlockDevice volume;
  private final long offset;
  private final long blocks;

  private LogRing(BlockDevice volume, long offset, long blocks) {
    this.volume = volume;
    this.offset = offset;
    this.blocks = blocks;
  }

  /** The log that the superblock names, which must be internal; null if the volume lacks it. */
  static @Nullable LogRing of(Metadata metadata) {
    Superblock sb = metadata.superblock;
    long offset = metadata.geometry.blockOffset(sb.logStart(), sb.logBlocks());
    long bytes = sb.logBlocks() << metadata.geometry.blockLog();
    return offset < 0 || !metadata.holds(offset, bytes)
        ? null
        : new LogRing(metadata.volume, offset, bytes / BLOCK_BYTES);
  }

  /** Number of blocks. */
  long blocks() {
    return blocks;
  }

  /** Where block {@code at} lies on the volume. */
  long volumeOffset(long at) {
    return offset + Math.floorMod(at, blocks) * BLOCK_BYTES;
  }

  StructView block(long at) throws IOException {
    return volume.struct("xlog_rec_header", volumeOffset(at), BLOCK_BYTES);
  }

  boolean isRecord(long at) throws IOException {
    return block(at).u32be(0x00) == HEADER_MAGIC;
  }

  long cycle(long at) throws IOException {
    StructView block = block(at);
    long word = block.u32be(0x00);
    return word == HEADER_MAGIC ? block.u32be(0x04) : word;
  }

  /** A copy of {@code count} blocks from {@code at} on, put together where the ring wraps. */
  byte[] read(long at, int count) throws IOException {
    byte[] bytes = new byte[count * BLOCK_BYTES];
    MemorySegment target = MemorySegment.ofArray(bytes);
    long first = Math.min(count, blocks - Math.floorMod(at, blocks));
    volume.read(volumeOffset(at), target.asSlice(0, first * BLOCK_BYTES));
    if (first < count) {
      volume.read(offset, target.asSlice(first * BLOCK_BYTES));
    }
    return bytes;
  }

  /** Bytes of the log as a structure, for those that were copied from {@code volumeOffset}. */
  StructView struct(String name, long volumeOffset, byte[] bytes) {
    return new StructView(volume, name, volumeOffset, MemorySegment.ofArray(bytes));
  }
}
