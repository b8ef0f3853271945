package io.amivet.xfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** XFS, versions 4 and 5. */
public final class XfsFormat implements FileSystemFormat {
  private static final long AGF_MAGIC = 0x58414746; // "XAGF"
  private static final long AGI_MAGIC = 0x58414749; // "XAGI"

  @Override
  public String name() {
    return "xfs";
  }

  /**
   * By the superblock's magic; or, where that is damaged, by the headers of the first group in the
   * two sectors after it.
   */
  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    if (volume.sizeBytes() < Superblock.SIZE_BYTES) {
      return false;
    }
    return volume.struct("xfs_dsb", 0, Superblock.SIZE_BYTES).u32be(0x00) == Superblock.MAGIC
        || hasGroupHeaders(volume, 512)
        || hasGroupHeaders(volume, 4096);
  }

  private static boolean hasGroupHeaders(BlockDevice volume, int sectorBytes) throws IOException {
    if (volume.sizeBytes() < 3L * sectorBytes) {
      return false;
    }
    StructView headers = volume.struct("xfs_agf", sectorBytes, 2 * sectorBytes);
    return headers.u32be(0) == AGF_MAGIC && headers.u32be(sectorBytes) == AGI_MAGIC;
  }

  /**
   * Opens the volume by its primary superblock, or by a secondary one where the primary is damaged
   * and the other proves itself by its checksum and place.
   */
  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    if (volume.sizeBytes() < Superblock.SIZE_BYTES) {
      throw new CorruptImageException(
          XfsFault.VOLUME_TRUNCATED, volume.imageOffset(0), "xfs_dsb", volume.toString());
    }
    Superblock superblock = superblock(volume, anomalies);
    return new XfsFileSystem(LogOutcome.of(new Metadata(volume, superblock, anomalies), journal));
  }

  private static Superblock superblock(BlockDevice volume, AnomalyLog anomalies)
      throws IOException {
    StructView primary = volume.struct("xfs_dsb", 0, Superblock.SIZE_BYTES);
    try {
      return verified(volume, primary, Superblock.parse(primary), anomalies);
    } catch (CorruptImageException e) {
      Superblock secondary = SecondarySuperblock.find(volume, primary);
      if (secondary == null) {
        throw e;
      }
      anomalies.add(e);
      anomalies.add(primary.anomaly(XfsFault.SUPERBLOCK_SECONDARY, 0, ""));
      return secondary;
    }
  }

  /** The primary if its checksum holds or nothing better is found. */
  private static Superblock verified(
      BlockDevice volume, StructView primary, Superblock superblock, AnomalyLog anomalies)
      throws IOException {
    if (!superblock.selfDescribing() || SecondarySuperblock.checksumHolds(volume, 0, superblock)) {
      return superblock;
    }
    anomalies.add(primary.anomaly(XfsFault.CHECKSUM, Superblock.CRC_OFFSET, ""));
    @Nullable Superblock secondary = SecondarySuperblock.find(volume, primary);
    if (secondary == null) {
      return superblock;
    }
    anomalies.add(primary.anomaly(XfsFault.SUPERBLOCK_SECONDARY, 0, ""));
    return secondary;
  }
}
