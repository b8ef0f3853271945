package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Finds the superblock. The kernel mounts by the primary alone; its mirrors serve where the primary
 * is damaged.
 */
final class SuperblockSearch {
  /** Where {@code btrfs_sb_offset} has them. */
  static final long[] OFFSETS = {64L << 10, 64L << 20, 256L << 30};

  private static final long BOOT_AREA_BYTES = 64 << 10;

  private SuperblockSearch() {}

  /**
   * Whether there is a primary superblock, or a mirror on a volume that nothing else has taken
   * since: what was btrfs once keeps its mirrors when another file system is made on it.
   */
  static boolean probe(BlockDevice volume) throws IOException {
    if (holds(volume, OFFSETS[0]) && Superblock.hasMagic(at(volume, OFFSETS[0]))) {
      return true;
    }
    if (!holds(volume, OFFSETS[1])) {
      return false;
    }
    StructView mirror = at(volume, OFFSETS[1]);
    return Superblock.hasMagic(mirror) && intact(mirror, OFFSETS[1]) && bootAreaIsEmpty(volume);
  }

  static Superblock find(BlockDevice volume, AnomalyLog anomalies) throws IOException {
    if (!holds(volume, OFFSETS[0])) {
      throw new CorruptImageException(
          BtrfsFault.VOLUME_TRUNCATED, volume.imageOffset(0), "btrfs_super_block", "");
    }
    StructView primary = at(volume, OFFSETS[0]);
    if (intact(primary, OFFSETS[0])) {
      return Superblock.parse(primary);
    }
    CorruptImageException fault = primary.corrupt(BtrfsFault.SUPERBLOCK_CHECKSUM, 0, "");
    anomalies.add(fault);
    for (int i = 1; i < OFFSETS.length; i++) {
      if (holds(volume, OFFSETS[i])) {
        StructView mirror = at(volume, OFFSETS[i]);
        if (intact(mirror, OFFSETS[i])) {
          anomalies.add(mirror.corrupt(BtrfsFault.SUPERBLOCK_MIRROR, 0, ""));
          return Superblock.parse(mirror);
        }
      }
    }
    return Superblock.parse(primary);
  }

  private static boolean holds(BlockDevice volume, long offset) {
    return offset <= volume.sizeBytes() - Superblock.SIZE_BYTES;
  }

  private static StructView at(BlockDevice volume, long offset) throws IOException {
    return volume.struct("btrfs_super_block", offset, Superblock.SIZE_BYTES);
  }

  private static boolean intact(StructView sb, long offset) {
    return Superblock.hasMagic(sb)
        && sb.u64le(0x30) == offset
        && ChecksumType.of(sb.u16le(0xc4)).map(type -> type.holdsFor(sb.segment())).orElse(false);
  }

  private static boolean bootAreaIsEmpty(BlockDevice volume) throws IOException {
    MemorySegment area = volume.view(0, BOOT_AREA_BYTES);
    return area.mismatch(MemorySegment.ofArray(new byte[(int) BOOT_AREA_BYTES])) < 0;
  }
}
