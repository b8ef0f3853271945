package io.amivet.erofs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;

/** The volume as EROFS sees it: structures at byte positions, checked against its end. */
final class Metadata {
  final BlockDevice volume;
  final Superblock superblock;
  final AnomalyLog anomalies;

  Metadata(BlockDevice volume, Superblock superblock, AnomalyLog anomalies) {
    this.volume = volume;
    this.superblock = superblock;
    this.anomalies = anomalies;
  }

  StructView at(String name, long position, long lengthBytes, ErofsFault fault) throws IOException {
    if (!holds(position, lengthBytes) || lengthBytes > Integer.MAX_VALUE) {
      throw corrupt(fault, position, name, lengthBytes + " bytes");
    }
    return volume.struct(name, position, (int) lengthBytes);
  }

  boolean holds(long position, long lengthBytes) {
    return position >= 0 && lengthBytes >= 0 && position <= volume.sizeBytes() - lengthBytes;
  }

  CorruptImageException corrupt(ErofsFault fault, long position, String struct, String detail) {
    long known = Math.max(0, Math.min(position, volume.sizeBytes()));
    return new CorruptImageException(fault, volume.imageOffset(known), struct, detail);
  }

  /** Where an inode starts, or -1 if its number cannot be one. */
  long inodePosition(long nid) {
    long start = superblock.metaBlock() << superblock.blockBits();
    boolean possible = nid >= 0 && nid <= (volume.sizeBytes() - start) / DiskInode.SLOT_BYTES;
    return possible ? start + nid * DiskInode.SLOT_BYTES : -1;
  }
}
