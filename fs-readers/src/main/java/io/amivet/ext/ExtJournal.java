package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.OverlayDevice;
import io.amivet.block.Patch;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileType;
import io.amivet.fs.JournalState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Replays the journal of a volume in memory: a volume with the newest blocks laid over it. */
final class ExtJournal {
  private static final byte[] MAGIC = {(byte) 0xc0, 0x3b, 0x39, (byte) 0x98};

  private final ExtView asOnDisk;
  private final StructView superblock;
  private final AnomalyLog anomalies;

  /**
   * @param asOnDisk reads the journal's own inode
   * @param superblock the copy in use
   */
  ExtJournal(ExtView asOnDisk, StructView superblock, AnomalyLog anomalies) {
    this.asOnDisk = asOnDisk;
    this.superblock = superblock;
    this.anomalies = anomalies;
  }

  /**
   * The volume to read.
   *
   * @param volume with what was replayed over it
   */
  record Replayed(BlockDevice volume, JournalStatus status) {}

  /** Replays what is whole; what is wrong with the journal is recorded. */
  Replayed replay() throws IOException {
    if (!asOnDisk.blocks().superblock().has(Feature.HAS_JOURNAL)) {
      return notReplayed("there is none");
    }
    long s_journal_inum = superblock.u32le(0xe0);
    if (s_journal_inum == 0) {
      String uuid = HexFormat.of().formatHex(superblock.bytes(0xd0, 16));
      anomalies.add(superblock.anomaly(ExtFault.JOURNAL_EXTERNAL, 0xd0, "uuid " + uuid));
      return notReplayed("it is on another device, uuid " + uuid);
    }
    try {
      return replay(s_journal_inum);
    } catch (CorruptImageException e) {
      anomalies.add(e);
      return notReplayed("it is damaged");
    } catch (UnsupportedFeatureException e) {
      String features = "it uses " + String.join(", ", e.features());
      anomalies.add(superblock.anomaly(ExtFault.JOURNAL_FEATURE, 0xe0, features));
      return notReplayed(features);
    }
  }

  private Replayed notReplayed(String why) {
    return new Replayed(asOnDisk.volume(), JournalStatus.notReplayed(why));
  }

  private Replayed replay(long inodeNumber) throws IOException {
    DiskInode inode = asOnDisk.diskInode(inodeNumber);
    if (inode.type() != FileType.REGULAR
        || !(asOnDisk.content(inode) instanceof FileContent.Mapped file)) {
      throw inode.struct().corrupt(ExtFault.JOURNAL_INODE, 0x0, "inode " + inodeNumber);
    }
    int blockSizeBytes = asOnDisk.blockSizeBytes();
    JournalBlocks blocks =
        new JournalBlocks(asOnDisk.volume(), blockSizeBytes, file, inode.struct());
    StructView first = blocks.read("journal_superblock_t", 0);
    return replay(
        blocks, JournalSuperblock.parse(first, blockSizeBytes, inode.sizeBytes() / blockSizeBytes));
  }

  private Replayed replay(JournalBlocks blocks, JournalSuperblock journal) throws IOException {
    if (journal.isEmpty()) {
      return new Replayed(asOnDisk.volume(), JournalStatus.of(JournalState.CLEAN));
    }
    JournalScan.Found found = JournalScan.run(blocks, journal, anomalies);
    JournalReplay replay = new JournalReplay(blocks, journal, asOnDisk.blocks(), anomalies);
    replay.apply(found);
    return new Replayed(
        new OverlayDevice(asOnDisk.volume(), patches(replay.copies()), "journal"),
        status(blocks, journal, found, replay));
  }

  private List<Patch> patches(Map<Long, JournalReplay.Copy> copies) {
    BlockDevice volume = asOnDisk.volume();
    int size = asOnDisk.blockSizeBytes();
    List<Patch> patches = new ArrayList<>(copies.size());
    copies.forEach((block, copy) -> {
      int escaped = copy.escaped() ? MAGIC.length : 0;
      if (copy.escaped()) {
        patches.add(Patch.of(block * size, MAGIC));
      }
      patches.add(
          new Patch(block * size + escaped, volume, copy.volumeOffset() + escaped, size - escaped));
    });
    return patches;
  }

  private static JournalStatus status(
      JournalBlocks blocks,
      JournalSuperblock journal,
      JournalScan.Found found,
      JournalReplay replay)
      throws IOException {
    String done = replay.copies().size() + " blocks of " + found.transactions() + " transactions";
    if (found.broken()) {
      return JournalStatus.partlyReplayed(done, "a damaged transaction ends it");
    }
    if (!replay.whole()) {
      return JournalStatus.partlyReplayed(done, "other blocks in it are damaged");
    }
    int changes =
        journal.fastCommits() ? FastCommits.count(blocks, journal, found.endSequence()) : 0;
    return changes == 0
        ? JournalStatus.replayed(done)
        : JournalStatus.partlyReplayed(done, changes + " fast commits at its end are not read");
  }
}
