package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.EOFException;
import java.io.IOException;

/** Recognises and opens ext2, ext3 and ext4. */
public final class ExtFormat implements FileSystemFormat {

  @Override
  public String name() {
    return "ext";
  }

  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    return new SuperblockSearch(volume).found();
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    if (volume.sizeBytes() < Superblock.PRIMARY_OFFSET + Superblock.SIZE_BYTES) {
      throw new EOFException("too small for an ext superblock: " + volume);
    }
    Superblock superblock = new SuperblockSearch(volume).best(anomalies);
    StructView view = volume.struct("ext4_super_block", superblock.offset(), Superblock.SIZE_BYTES);
    Geometry geometry = superblock.geometry();
    long statedBytes = geometry.blocksCount() * geometry.blockSizeBytes();
    if (statedBytes > volume.sizeBytes()) {
      anomalies.add(
          view.anomaly(
              ExtFault.SUPERBLOCK_TRUNCATED,
              0x4,
              statedBytes + " bytes on a volume of " + volume.sizeBytes()));
    }
    if (geometry.inodesCount() != geometry.inodesPerGroup() * geometry.groupCount()) {
      anomalies.add(
          view.anomaly(ExtFault.SUPERBLOCK_INODE_COUNT, 0x0, geometry.inodesCount() + " inodes"));
    }
    if (superblock.has(Feature.RECOVER)) {
      anomalies.add(view.anomaly(ExtFault.JOURNAL_NEEDS_RECOVERY, 0x60, ""));
    }
    return new ExtView(Blocks.of(volume, superblock, anomalies));
  }
}
