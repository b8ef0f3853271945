package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.JournalState;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the superblock to read a volume by: the primary, or if that is damaged the first backup
 * that stands where its own numbers say it should.
 */
final class SuperblockSearch {
  /** Groups that hold a backup in every layout that {@code mke2fs} makes by default. */
  private static final List<Integer> BACKUP_GROUPS = List.of(1, 3, 5, 7, 9);

  private static final int MAX_LOG_BLOCK_SIZE = 6;

  /** Cluster sizes worth a try, as multiples of the block: none, and what mke2fs takes itself. */
  private static final List<Integer> BLOCKS_PER_CLUSTER = List.of(1, 16);

  /** Groups smaller than their bitmap allows, as shifts; {@code mke2fs -g} makes them. */
  private static final int MAX_GROUP_SHIFT = 6;

  private final BlockDevice volume;

  SuperblockSearch(BlockDevice volume) {
    this.volume = volume;
  }

  /**
   * Whether the volume is one of this format. A backup alone is no proof: a volume that was
   * formatted anew as something else still holds the old backups. It counts where the start of the
   * volume was wiped or still carries the same uuid, or where nothing else claims the volume and
   * the root directory stands.
   */
  boolean found() throws IOException {
    if (volume.sizeBytes() < Superblock.PRIMARY_OFFSET + Superblock.SIZE_BYTES) {
      return false;
    }
    StructView primary = at(Superblock.PRIMARY_OFFSET);
    if (Superblock.hasMagic(primary)) {
      return true;
    }
    if (OtherFormat.claims(volume)) {
      return false;
    }
    Optional<Superblock> backup = backup();
    return backup.isPresent()
        && (startIsWiped()
            || Arrays.equals(primary.bytes(0x68, 16), backup.get().uuid())
            || rootStands(backup.get()));
  }

  private boolean rootStands(Superblock backup) {
    try {
      AnomalyLog unused = new AnomalyLog();
      JournalStatus untouched = JournalStatus.of(JournalState.NONE);
      ExtView view = new ExtView(Blocks.of(volume, backup, unused), untouched);
      return view.directory(view.inode(view.rootInodeNumber())).complete();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean startIsWiped() throws IOException {
    MemorySegment start = volume.view(0, Superblock.PRIMARY_OFFSET + Superblock.SIZE_BYTES);
    MemorySegment zeros = MemorySegment.ofArray(new byte[(int) start.byteSize()]);
    return start.mismatch(zeros) < 0;
  }

  /** The superblock to use. What was wrong with the primary is recorded. */
  Superblock best(AnomalyLog anomalies) throws IOException {
    StructView view = at(Superblock.PRIMARY_OFFSET);
    CorruptImageException damage;
    Superblock primary = null;
    try {
      primary = Superblock.parse(view);
      primary.checkChecksum(view);
      return primary;
    } catch (CorruptImageException e) {
      damage = e;
    } catch (UnsupportedFeatureException e) {
      // A flipped bit in a feature word must not hide a volume whose backup is intact.
      return backupIfDamaged(view, anomalies).orElseThrow(() -> e);
    }
    Optional<Superblock> backup = backup();
    if (backup.isPresent()) {
      recordBackup(backup.get(), damage, anomalies);
      return backup.get();
    }
    if (primary == null) {
      throw damage;
    }
    anomalies.add(damage);
    return primary;
  }

  private Optional<Superblock> backupIfDamaged(StructView primary, AnomalyLog anomalies)
      throws IOException {
    Optional<Superblock> backup = backup();
    if (backup.isEmpty() || !backup.get().checksumsKnown()) {
      return Optional.empty();
    }
    try {
      backup.get().checkChecksum(primary);
      return Optional.empty();
    } catch (CorruptImageException damage) {
      recordBackup(backup.get(), damage, anomalies);
      return backup;
    }
  }

  private void recordBackup(Superblock backup, CorruptImageException damage, AnomalyLog anomalies)
      throws IOException {
    anomalies.add(damage);
    anomalies.add(
        at(backup.offset()).anomaly(ExtFault.SUPERBLOCK_BACKUP, 0, "group " + backup.blockGroup()));
  }

  private Optional<Superblock> backup() throws IOException {
    for (int log = 0; log <= MAX_LOG_BLOCK_SIZE; log++) {
      for (int blocksPerCluster : BLOCKS_PER_CLUSTER) {
        for (int group : BACKUP_GROUPS) {
          Optional<Superblock> found =
              backupIn(log, blocksPerCluster, group, (8192L << log) * blocksPerCluster);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    for (int log = 0; log <= MAX_LOG_BLOCK_SIZE; log++) {
      for (int shift = 1; shift <= MAX_GROUP_SHIFT; shift++) {
        Optional<Superblock> found = backupIn(log, 1, 1, (8192L << log) >> shift);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Superblock> backupIn(
      int logBlockSize, int blocksPerCluster, int group, long blocksPerGroup) throws IOException {
    long firstDataBlock = logBlockSize == 0 && blocksPerCluster == 1 ? 1 : 0;
    return backupAt((firstDataBlock + blocksPerGroup * group) << (10 + logBlockSize), group);
  }

  private Optional<Superblock> backupAt(long offset, int group) throws IOException {
    if (offset > volume.sizeBytes() - Superblock.SIZE_BYTES) {
      return Optional.empty();
    }
    StructView view = at(offset);
    if (!Superblock.hasMagic(view)) {
      return Optional.empty();
    }
    try {
      Superblock candidate = Superblock.parse(view);
      candidate.checkChecksum(view);
      Geometry geometry = candidate.geometry();
      boolean inPlace =
          candidate.blockGroup() == group
              && geometry.groupFirstBlock(group) * geometry.blockSizeBytes() == offset;
      return inPlace ? Optional.of(candidate) : Optional.empty();
    } catch (CorruptImageException | UnsupportedFeatureException notABackup) {
      return Optional.empty();
    }
  }

  private StructView at(long offset) throws IOException {
    return volume.struct("ext4_super_block", offset, Superblock.SIZE_BYTES);
  }
}
