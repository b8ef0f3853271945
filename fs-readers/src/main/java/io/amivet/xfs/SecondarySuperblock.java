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
 * statement, that of the group's header in the sector after it, and even divisions of the volume as
 * {@code mkfs.xfs} makes them; a find counts only if it says itself that a group starts where it
 * was found.
 */
final class SecondarySuperblock {
  private static final int MAX_GUESSED_GROUPS = 64;
  private static final long AGF_MAGIC = 0x58414746; // "XAGF"

  private SecondarySuperblock() {}

  /** A version 5 copy whose checksum holds, or a version 4 one of sound geometry; else null. */
  static @Nullable Superblock find(BlockDevice volume, StructView primary) throws IOException {
    for (long offset : candidates(volume, primary)) {
      Superblock found = at(volume, offset);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Set<Long> candidates(BlockDevice volume, StructView primary) throws IOException {
    long volumeBytes = volume.sizeBytes();
    Set<Long> offsets = new LinkedHashSet<>();
    long sb_blocksize = primary.u32be(0x04);
    addPowersOfTwo(offsets, primary.u32be(0x54), sb_blocksize);
    for (int sector = 512; sector <= 4096; sector *= 8) {
      if (volumeBytes >= 2L * sector) {
        StructView agf = volume.struct("xfs_agf", sector, sector);
        addPowersOfTwo(offsets, agf.u32be(0x00) == AGF_MAGIC ? agf.u32be(0x0c) : 0, 4096);
      }
    }
    for (long blockSize : new long[] {sb_blocksize, 4096, 1024}) {
      if (blockSize < 512 || blockSize > 65536) {
        continue;
      }
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

  /** Where the second group would start with a likely size of a block, then with all others. */
  private static void addPowersOfTwo(Set<Long> offsets, long groupBlocks, long likely) {
    if (likely >= 512 && likely <= 65536) {
      offsets.add(groupBlocks * likely);
    }
    for (long blockSize = 512; blockSize <= 65536; blockSize *= 2) {
      offsets.add(groupBlocks * blockSize);
    }
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
