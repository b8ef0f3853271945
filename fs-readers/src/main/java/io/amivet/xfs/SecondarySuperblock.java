package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for a copy of the superblock, one of which starts every allocation group.
 *
 * <p>Where the groups start is what a damaged primary no longer says for sure. Tried are its own
 * statement and even divisions of the volume as {@code mkfs.xfs} makes them; a find counts only if
 * it says itself that a group starts where it was found.
 */
final class SecondarySuperblock {
  private static final int MAX_GUESSED_GROUPS = 64;

  private SecondarySuperblock() {}

  /** A version 5 copy whose checksum holds, or a version 4 one of sound geometry; else null. */
  static @Nullable Superblock find(BlockDevice volume, StructView primary) throws IOException {
    for (long offset : candidates(volume.sizeBytes(), primary)) {
      Superblock found = at(volume, offset);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Set<Long> candidates(long volumeBytes, StructView primary) {
    Set<Long> offsets = new LinkedHashSet<>();
    long sb_blocksize = primary.u32be(0x04);
    long sb_agblocks = primary.u32be(0x54);
    for (long blockSize : new long[] {sb_blocksize, 4096, 1024}) {
      if (blockSize < 512 || blockSize > 65536) {
        continue;
      }
      offsets.add(sb_agblocks * blockSize);
      for (int groups = 2; groups <= MAX_GUESSED_GROUPS; groups++) {
        long blocks = volumeBytes / blockSize;
        offsets.add(blocks / groups * blockSize);
        offsets.add((blocks + groups - 1) / groups * blockSize);
      }
    }
    offsets.removeIf(
        offset -> offset < Superblock.SIZE_BYTES || offset > volumeBytes - Superblock.SIZE_BYTES);
    return offsets;
  }

  private static @Nullable Superblock at(BlockDevice volume, long offset) throws IOException {
    StructView sb = volume.struct("xfs_dsb", offset, Superblock.SIZE_BYTES);
    if (sb.u32be(0x00) != Superblock.MAGIC) {
      return null;
    }
    try {
      Superblock found = Superblock.parse(sb);
      boolean inPlace = found.geometry().agOffset(1) == offset;
      boolean sound = !found.selfDescribing() || checksumHolds(volume, offset, found);
      return inPlace && sound ? found : null;
    } catch (CorruptImageException | UnsupportedFeatureException e) {
      return null;
    }
  }

  /** The checksum is over the whole sector, which only the superblock itself tells the size of. */
  static boolean checksumHolds(BlockDevice volume, long offset, Superblock superblock)
      throws IOException {
    int sector = superblock.sectorSizeBytes();
    if (offset > volume.sizeBytes() - sector) {
      return false;
    }
    StructView sb = volume.struct("xfs_dsb", offset, sector);
    return sb.i32le(Superblock.CRC_OFFSET) == Metadata.checksum(sb, Superblock.CRC_OFFSET);
  }
}
