package io.amivet.xfs;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The free space of each allocation group: {@code struct xfs_agf} in its second sector, and the
 * tree by block number below ({@code xfs_btree_block} in its short form, {@code xfs_alloc_rec};
 * {@code xfs_format.h}).
 *
 * <p>Blocks of the free list ({@code xfs_agfl}) are reserved for the trees and not counted as free.
 */
final class FreeSpace {
  /** Bounds memory; real volumes have fewer free ranges than files. */
  static final int MAX_RANGES = 8_000_000;

  /** {@code XFS_BTREE_MAXLEVELS}. */
  private static final int MAX_LEVELS = 9;

  private static final long AGF_MAGIC = 0x58414746; // "XAGF"
  private static final Metadata.SelfDescription AGF_SELF =
      new Metadata.SelfDescription(0xd8, 0x40, -1, -1);
  private static final long TREE_V4 = 0x41425442; // "ABTB"
  private static final long TREE_V5 = 0x41423342; // "AB3B"
  private static final int HEADER_BYTES_V4 = 16;
  private static final int HEADER_BYTES_V5 = 56;
  private static final int RECORD_BYTES = 8;
  private static final int POINTER_BYTES = 4;

  /** The owner is 32 bits wide here and checked by itself. */
  private static final Metadata.SelfDescription TREE_SELF =
      new Metadata.SelfDescription(0x34, 0x20, 0x10, -1);

  private static final int TREE_OWNER_OFFSET = 0x30;

  private final Metadata metadata;
  private final List<ByteRange> ranges = new ArrayList<>();

  /** A block of a group's tree still to be read, and the level expected of it. */
  private record Child(long block, int level) {}

  private FreeSpace(Metadata metadata) {
    this.metadata = metadata;
  }

  /** All free ranges, ascending and merged; a damaged tree costs its group alone. */
  static List<ByteRange> read(Metadata metadata) throws IOException {
    FreeSpace free = new FreeSpace(metadata);
    Geometry geometry = metadata.geometry;
    for (long ag = 0; ag < geometry.agCount(); ag++) {
      if (!metadata.holds(geometry.agOffset(ag), 2L * metadata.superblock.sectorSizeBytes())) {
        metadata.anomalies.add(
            new CorruptImageException(
                XfsFault.VOLUME_TRUNCATED, -1, "xfs_agf", "group " + ag + " and those after it"));
        break;
      }
      free.readGroup(ag);
    }
    return List.copyOf(free.ranges);
  }

  private void readGroup(long ag) throws IOException {
    int before = ranges.size();
    try {
      readTree(ag);
    } catch (CorruptImageException e) {
      metadata.anomalies.add(e);
      // What was read before the damage is free all the same, unless its order is broken.
      if (e.fault() == XfsFault.FREE_SPACE_RECORD) {
        ranges.subList(before, ranges.size()).clear();
      }
    }
  }

  private void readTree(long ag) throws IOException {
    int sector = metadata.superblock.sectorSizeBytes();
    long offset = metadata.geometry.agOffset(ag) + sector;
    StructView agf = metadata.at("xfs_agf", offset, sector, XfsFault.AGF_MAGIC);
    if (agf.u32be(0x00) != AGF_MAGIC) {
      throw agf.corrupt(XfsFault.AGF_MAGIC, 0x00, "group " + ag);
    }
    metadata.verify(agf, AGF_SELF, 0);
    long agf_bno_root = agf.u32be(0x10);
    long agf_bno_level = agf.u32be(0x1c);
    if (agf_bno_level < 1 || agf_bno_level > MAX_LEVELS) {
      throw agf.corrupt(XfsFault.AGF_ROOT, 0x1c, "level " + agf_bno_level);
    }
    Deque<Child> pending = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    pending.push(new Child(agf_bno_root, (int) agf_bno_level - 1));
    while (!pending.isEmpty()) {
      Child child = pending.pop();
      StructView block = open(ag, child);
      if (!seen.add(child.block())) {
        throw block.corrupt(XfsFault.FREE_SPACE_TREE, 0, "reached a second time");
      }
      readBlock(ag, block, child, pending);
    }
  }

  private StructView open(long ag, Child child) throws IOException {
    Geometry geometry = metadata.geometry;
    boolean version5 = metadata.superblock.selfDescribing();
    long offset = child.block() < geometry.agLength(ag) ? groupOffset(ag, child.block()) : -1;
    StructView block =
        metadata.at(
            "xfs_btree_block (bnobt)", offset, geometry.blockSizeBytes(), XfsFault.AGF_ROOT);
    if (block.u32be(0x00) != (version5 ? TREE_V5 : TREE_V4) || block.u16be(0x04) != child.level()) {
      throw block.corrupt(XfsFault.FREE_SPACE_TREE, 0x00, "group " + ag);
    }
    metadata.verify(block, TREE_SELF, 0);
    if (version5 && block.u32be(TREE_OWNER_OFFSET) != ag) {
      String owner = "group " + block.u32be(TREE_OWNER_OFFSET) + " instead of " + ag;
      metadata.anomalies.add(block.anomaly(XfsFault.METADATA_OWNER, TREE_OWNER_OFFSET, owner));
    }
    return block;
  }

  private void readBlock(long ag, StructView block, Child child, Deque<Child> pending)
      throws IOException {
    int header = metadata.superblock.selfDescribing() ? HEADER_BYTES_V5 : HEADER_BYTES_V4;
    int bytes = RECORD_BYTES + (child.level() == 0 ? 0 : POINTER_BYTES);
    int slots = (block.sizeBytes() - header) / bytes;
    int bb_numrecs = block.u16be(0x06);
    if (bb_numrecs > slots) {
      throw block.corrupt(XfsFault.FREE_SPACE_TREE, 0x06, bb_numrecs + " records");
    }
    if (child.level() == 0) {
      for (int i = 0; i < bb_numrecs; i++) {
        addRecord(ag, block, header + i * RECORD_BYTES);
      }
      return;
    }
    int pointers = header + slots * RECORD_BYTES;
    for (int i = bb_numrecs - 1; i >= 0; i--) {
      pending.push(new Child(block.u32be(pointers + i * POINTER_BYTES), child.level() - 1));
    }
  }

  private void addRecord(long ag, StructView block, int at) throws IOException {
    long ar_startblock = block.u32be(at);
    long ar_blockcount = block.u32be(at + 4);
    long start = groupOffset(ag, ar_startblock);
    boolean ordered = ranges.isEmpty() || start >= ranges.getLast().end();
    if (ar_blockcount == 0
        || ar_startblock + ar_blockcount > metadata.geometry.agLength(ag)
        || !ordered) {
      throw block.corrupt(
          XfsFault.FREE_SPACE_RECORD, at, ar_blockcount + " blocks at " + ar_startblock);
    }
    if (ranges.size() >= MAX_RANGES) {
      throw block.corrupt(XfsFault.FREE_SPACE_LIMIT, at, "");
    }
    // A volume cut short keeps what is left of the range.
    long length =
        Math.min(
            ar_blockcount << metadata.geometry.blockLog(), metadata.volume.sizeBytes() - start);
    if (length <= 0) {
      return;
    }
    if (!ranges.isEmpty() && ranges.getLast().end() == start) {
      ByteRange last = ranges.removeLast();
      start = last.offset();
      length += last.length();
    }
    ranges.add(new ByteRange(start, length));
  }

  private long groupOffset(long ag, long block) {
    return metadata.geometry.agOffset(ag) + (block << metadata.geometry.blockLog());
  }
}
