package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
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
    // What was wrong before the replay may be right after it.
    AnomalyLog before = new AnomalyLog();
    Superblock superblock = new SuperblockSearch(volume).best(before);
    if (journal == JournalMode.REPLAY && mayNeedReplay(superblock)) {
      StructView view = at(volume, superblock.offset());
      ExtView asOnDisk =
          new ExtView(Blocks.of(volume, superblock, before), JournalStatus.asOnDisk());
      ExtJournal.Replayed replayed = new ExtJournal(asOnDisk, view, anomalies).replay();
      return openReplayed(volume, replayed, anomalies);
    }
    return open(
        volume,
        anomalies,
        superblock.has(Feature.RECOVER) ? JournalStatus.asOnDisk() : untouched(superblock));
  }

  /** Backups do not follow the flag, so that what the journal says itself must count there. */
  private static boolean mayNeedReplay(Superblock superblock) {
    boolean backup = superblock.offset() != Superblock.PRIMARY_OFFSET;
    return superblock.has(Feature.RECOVER) || (backup && superblock.has(Feature.HAS_JOURNAL));
  }

  private static JournalStatus untouched(Superblock superblock) {
    return JournalStatus.of(
        superblock.has(Feature.HAS_JOURNAL) ? JournalState.CLEAN : JournalState.NONE);
  }

  private static ExtView openReplayed(
      BlockDevice volume, ExtJournal.Replayed replayed, AnomalyLog anomalies) throws IOException {
    if (!replayed.status().isReplayed()) {
      return open(volume, anomalies, replayed.status());
    }
    try {
      return open(replayed.volume(), anomalies, replayed.status());
    } catch (CorruptImageException e) {
      anomalies.add(e);
    } catch (UnsupportedFeatureException e) {
      // Another superblock than the one in place: that is no feature, but damage.
      StructView superblock = at(replayed.volume(), Superblock.PRIMARY_OFFSET);
      anomalies.add(superblock.anomaly(ExtFault.JOURNAL_FEATURE, 0x60, e.features().toString()));
    }
    return open(volume, anomalies, JournalStatus.notReplayed("its superblock is unusable"));
  }

  private static ExtView open(BlockDevice volume, AnomalyLog anomalies, JournalStatus status)
      throws IOException {
    Superblock superblock = new SuperblockSearch(volume).best(anomalies);
    StructView view = at(volume, superblock.offset());
    Geometry geometry = superblock.geometry();
    long statedBytes = geometry.sizeBytes();
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
    if (status.staleReason().isPresent()) {
      anomalies.add(view.anomaly(ExtFault.JOURNAL_NEEDS_RECOVERY, 0x60, status.note()));
    }
    return new ExtView(Blocks.of(volume, superblock, anomalies), status);
  }

  private static StructView at(BlockDevice volume, long offset) throws IOException {
    return volume.struct("ext4_super_block", offset, Superblock.SIZE_BYTES);
  }
}
