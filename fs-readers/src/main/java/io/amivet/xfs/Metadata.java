package io.amivet.xfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Fault;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata blocks of one file system and holds them against what they say of themselves.
 *
 * <p>Version 5 blocks carry a CRC32C, the file system's uuid, their own disk address and their
 * owner. A mismatch is recorded and reading goes on: a single flipped bit elsewhere in the block
 * must not hide the rest of a directory from a scanner.
 */
final class Metadata {
  final BlockDevice volume;
  final Superblock superblock;
  final Geometry geometry;
  final AnomalyLog anomalies;
  private final @Nullable ReplayedBlocks replayed;

  /** A volume as it is on disk. */
  Metadata(BlockDevice volume, Superblock superblock, AnomalyLog anomalies) {
    this(volume, superblock, anomalies, null);
  }

  /**
   * A volume with its log replayed.
   *
   * @param replayed what of {@code volume} comes from the log
   */
  Metadata(
      BlockDevice volume,
      Superblock superblock,
      AnomalyLog anomalies,
      @Nullable ReplayedBlocks replayed) {
    this.volume = volume;
    this.superblock = superblock;
    this.geometry = superblock.geometry();
    this.anomalies = anomalies;
    this.replayed = replayed;
  }

  /** The structure at byte {@code offset}; a place the volume does not hold is {@code fault}. */
  StructView at(String name, long offset, int lengthBytes, Fault fault) throws IOException {
    if (!holds(offset, lengthBytes)) {
      throw new CorruptImageException(
          fault, volume.imageOffset(Math.max(offset, 0)), name, "outside of the volume");
    }
    return volume.struct(name, offset, lengthBytes);
  }

  boolean holds(long offset, long lengthBytes) {
    return offset >= 0 && offset <= volume.sizeBytes() - lengthBytes;
  }

  /**
   * Where the self-describing fields of a version 5 structure lie.
   *
   * @param owner offset of a 64-bit owner, or -1 if the structure has none of that size
   * @param blkno offset of the 64-bit disk address, or -1
   */
  record SelfDescription(int crc, int uuid, int blkno, int owner) {}

  /** Records every way in which a version 5 block contradicts itself; nothing for version 4. */
  void verify(StructView block, SelfDescription fields, long owner) {
    verify(block, fields, owner, List.of(new ByteRange(block.offset(), block.sizeBytes())));
  }

  /**
   * Same, for a block gathered from pieces.
   *
   * @param pieces where they lie on the volume
   */
  void verify(StructView block, SelfDescription fields, long owner, List<ByteRange> pieces) {
    if (!superblock.selfDescribing()) {
      return;
    }
    // The kernel computes the checksum of a block when it writes it: the log has an older one.
    if (!isReplayed(pieces)) {
      verifyChecksum(block, fields.crc());
    }
    long offset = pieces.getFirst().offset();
    UUID uuid = Superblock.uuid(block, fields.uuid());
    if (!uuid.equals(superblock.metaUuid())) {
      anomalies.add(block.anomaly(XfsFault.METADATA_UUID, fields.uuid(), uuid.toString()));
    }
    if (fields.blkno() >= 0 && block.u64be(fields.blkno()) != offset >> 9) {
      String detail = Long.toUnsignedString(block.u64be(fields.blkno()));
      anomalies.add(block.anomaly(XfsFault.METADATA_BLOCK, fields.blkno(), detail));
    }
    if (fields.owner() >= 0 && block.u64be(fields.owner()) != owner) {
      String stated = Long.toUnsignedString(block.u64be(fields.owner()));
      anomalies.add(
          block.anomaly(XfsFault.METADATA_OWNER, fields.owner(), stated + " instead of " + owner));
    }
  }

  private boolean isReplayed(List<ByteRange> pieces) {
    if (replayed != null) {
      for (ByteRange piece : pieces) {
        if (replayed.touch(piece.offset(), piece.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private void verifyChecksum(StructView block, int crcOffset) {
    if (block.i32le(crcOffset) != checksum(block, crcOffset)) {
      anomalies.add(block.anomaly(XfsFault.CHECKSUM, crcOffset, ""));
    }
  }

  /** CRC32C over the structure with the checksum's own four bytes taken as zeros. */
  static int checksum(StructView block, int crcOffset) {
    // One copy is cheaper than three buffers over the segment: this runs for every inode.
    byte[] bytes = block.segment().toArray(ValueLayout.JAVA_BYTE);
    Arrays.fill(bytes, crcOffset, crcOffset + Integer.BYTES, (byte) 0);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
