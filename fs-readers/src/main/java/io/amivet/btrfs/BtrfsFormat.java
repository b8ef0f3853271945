package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;

/** btrfs on one device, or as much of it as one of several devices holds. */
public final class BtrfsFormat implements FileSystemFormat {

  @Override
  public String name() {
    return "btrfs";
  }

  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    return SuperblockSearch.probe(volume);
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    Superblock superblock = SuperblockSearch.find(volume, anomalies);
    ChunkMap chunks = ChunkMap.ofSystemChunks(volume, superblock);
    Nodes nodes = new Nodes(volume, superblock, chunks, anomalies);
    TreeReader trees = new TreeReader(nodes, anomalies);
    chunks.addTree(trees, superblock.chunkRoot(), anomalies);
    Roots roots = roots(volume, superblock, trees, anomalies);
    FileSystem fs = new FileSystem(volume, superblock, chunks, trees, roots, anomalies);
    return BtrfsView.ofTopLevel(fs, VolumeNotes.collect(fs, journal));
  }

  /** From the root tree, or from an earlier one that the superblock remembers. */
  private static Roots roots(
      BlockDevice volume, Superblock superblock, TreeReader trees, AnomalyLog anomalies)
      throws IOException {
    CorruptImageException fault;
    try {
      return Roots.read(trees, superblock.root(), anomalies);
    } catch (CorruptImageException e) {
      fault = e;
    }
    for (TreeRoot backup : superblock.backups()) {
      try {
        Roots roots = Roots.read(trees, backup, anomalies);
        anomalies.add(
            new CorruptImageException(
                BtrfsFault.SUPERBLOCK_BACKUP,
                volume.imageOffset(SuperblockSearch.OFFSETS[0]),
                "btrfs_super_block",
                "of generation " + backup.generation()));
        return roots;
      } catch (CorruptImageException alsoLost) {
        fault.addSuppressed(alsoLost);
      }
    }
    throw fault;
  }
}
