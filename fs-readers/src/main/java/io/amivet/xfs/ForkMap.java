package io.amivet.xfs;

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
 * Reads the block map of a fork: the records inside the inode, or the leaves of the tree whose root
 * is there ({@code xfs_bmdr_block}, {@code xfs_bmbt_ptr}, {@code xfs_btree_block} in its long form;
 * {@code xfs_format.h}).
 *
 * <p>The tree is walked from its root by depth, never along sibling pointers, each block once.
 */
final class ForkMap {
  /** Far more than any real file has; bounds memory on an image that states more. */
  static final int MAX_EXTENTS = 2_000_000;

  /** {@code XFS_BTREE_MAXLEVELS}. */
  private static final int MAX_LEVELS = 9;

  private static final long MAGIC_V4 = 0x424d4150; // "BMAP"
  private static final long MAGIC_V5 = 0x424d4133; // "BMA3"
  private static final int ROOT_HEADER_BYTES = 4;
  private static final int HEADER_BYTES_V4 = 24;
  private static final int HEADER_BYTES_V5 = 72;
  private static final int KEY_BYTES = 8;
  private static final int POINTER_BYTES = 8;
  private static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x40, 0x28, 0x18, 0x38);

  /** A tree can name thousands of damaged blocks for free; one as bad as this is given up. */
  private static final int MAX_DAMAGED_PARTS = 4096;

  private final Metadata metadata;
  private final Fork fork;
  private final boolean wholly;
  private final List<Mapping> mappings = new ArrayList<>();
  private final Deque<Child> pending = new ArrayDeque<>();
  private final Set<Long> seen = new HashSet<>();

  /** A block of the tree still to be read, and the level its parent expects of it. */
  private record Child(long fsBlock, int level) {}

  private int damagedParts;

  private ForkMap(Metadata metadata, Fork fork, boolean wholly) {
    this.metadata = metadata;
    this.fork = fork;
    this.wholly = wholly;
  }

  /**
   * All mappings of a fork that is {@link Fork#mapped}, ascending, not overlapping, inside the file
   * system.
   */
  static List<Mapping> read(Metadata metadata, Fork fork) throws IOException {
    return read(metadata, fork, true);
  }

  /**
   * Same, without damaged records and what damaged blocks of the tree map, which is recorded: for a
   * directory, whose other blocks are of use without them. The number of mappings then tells that
   * some are missing.
   */
  static List<Mapping> readWhatIsLeft(Metadata metadata, Fork fork) throws IOException {
    return read(metadata, fork, false);
  }

  private static List<Mapping> read(Metadata metadata, Fork fork, boolean wholly)
      throws IOException {
    ForkMap map = new ForkMap(metadata, fork, wholly);
    if (fork.format() == Fork.Format.EXTENTS) {
      map.readInode();
    } else {
      map.readTree();
    }
    return map.mappings;
  }

  private void readInode() throws IOException {
    StructView bytes = fork.bytes();
    if (fork.extents() < 0 || fork.extents() > bytes.sizeBytes() / Mapping.RECORD_BYTES) {
      throw bytes.corrupt(XfsFault.EXTENT_COUNT, 0, fork.extents() + " extents do not fit");
    }
    addRecords(bytes, 0, (int) fork.extents());
  }

  /** Goes on without a damaged part, if that is wanted. */
  private void lose(CorruptImageException e) throws CorruptImageException {
    damagedParts++;
    if (wholly || damagedParts > MAX_DAMAGED_PARTS || e.fault() == XfsFault.EXTENT_LIMIT) {
      throw e;
    }
    metadata.anomalies.add(e);
  }

  private void readTree() throws IOException {
    StructView root = fork.bytes();
    int bb_level = root.sizeBytes() < ROOT_HEADER_BYTES ? 0 : root.u16be(0x00);
    if (bb_level < 1 || bb_level > MAX_LEVELS) {
      throw root.corrupt(XfsFault.BTREE_ROOT, 0x00, "level " + bb_level);
    }
    int bb_numrecs = root.u16be(0x02);
    int slots = (root.sizeBytes() - ROOT_HEADER_BYTES) / (KEY_BYTES + POINTER_BYTES);
    if (bb_numrecs < 1 || bb_numrecs > slots) {
      throw root.corrupt(XfsFault.BTREE_ROOT, 0x02, bb_numrecs + " records");
    }
    push(root, ROOT_HEADER_BYTES + slots * KEY_BYTES, bb_numrecs, bb_level - 1);
    while (!pending.isEmpty()) {
      try {
        readBlock(pending.pop());
      } catch (CorruptImageException e) {
        lose(e);
      }
    }
    if (mappings.size() != fork.extents()) {
      metadata.anomalies.add(
          root.anomaly(
              XfsFault.EXTENT_COUNT, 0, mappings.size() + " instead of " + fork.extents()));
    }
  }

  /** Leaves are to come out in order, so the last child goes in first. */
  private void push(StructView block, int at, int count, int level) {
    for (int i = count - 1; i >= 0; i--) {
      pending.push(new Child(block.u64be(at + i * POINTER_BYTES), level));
    }
  }

  private void readBlock(Child child) throws IOException {
    StructView block = open(child);
    int bb_level = block.u16be(0x04);
    if (bb_level != child.level()) {
      throw block.corrupt(XfsFault.BTREE_LEVEL, 0x04, bb_level + " instead of " + child.level());
    }
    int header = metadata.superblock.selfDescribing() ? HEADER_BYTES_V5 : HEADER_BYTES_V4;
    int bb_numrecs = block.u16be(0x06);
    // Keys and pointers take as many bytes as a record.
    int slots = (block.sizeBytes() - header) / Mapping.RECORD_BYTES;
    if (bb_numrecs < 1 || bb_numrecs > slots) {
      throw block.corrupt(XfsFault.BTREE_RECORDS, 0x06, String.valueOf(bb_numrecs));
    }
    if (bb_level == 0) {
      addRecords(block, header, bb_numrecs);
    } else {
      push(block, header + slots * KEY_BYTES, bb_numrecs, bb_level - 1);
    }
  }

  private StructView open(Child child) throws IOException {
    String name = "xfs_btree_block (bmbt) of inode " + fork.inode();
    long offset = metadata.geometry.blockOffset(child.fsBlock(), 1);
    StructView block =
        metadata.at(name, offset, metadata.geometry.blockSizeBytes(), XfsFault.EXTENT_RANGE);
    if (!seen.add(offset)) {
      throw block.corrupt(XfsFault.BTREE_CYCLE, 0, "");
    }
    long magic = block.u32be(0x00);
    if (magic != (metadata.superblock.selfDescribing() ? MAGIC_V5 : MAGIC_V4)) {
      throw block.corrupt(XfsFault.BTREE_MAGIC, 0x00, "0x" + Long.toHexString(magic));
    }
    metadata.verify(block, SELF_DESCRIPTION, fork.inode());
    return block;
  }

  private void addRecords(StructView struct, int at, int count) throws CorruptImageException {
    for (int i = 0; i < count; i++) {
      try {
        addRecord(struct, at + i * Mapping.RECORD_BYTES);
      } catch (CorruptImageException e) {
        lose(e);
      }
    }
  }

  private void addRecord(StructView struct, int at) throws CorruptImageException {
    Mapping mapping = Mapping.decode(struct, at, metadata.geometry);
    if (mapping == null) {
      throw struct.corrupt(XfsFault.EXTENT_RANGE, at, "extent " + mappings.size());
    }
    if (!mappings.isEmpty() && mapping.fileBlock() < mappings.getLast().endBlock()) {
      throw struct.corrupt(XfsFault.EXTENT_ORDER, at, "extent " + mappings.size());
    }
    if (mappings.size() >= MAX_EXTENTS) {
      throw struct.corrupt(XfsFault.EXTENT_LIMIT, at, "inode " + fork.inode());
    }
    mappings.add(mapping);
  }
}
