package io.amivet.xfs;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Attributes in blocks of their own: leaves, and nodes above them once there are several ({@code
 * struct xfs_da_intnode}, {@code xfs_da3_intnode}, {@code xfs_da_blkinfo} of {@code
 * xfs_da_format.h}). Block numbers are relative to the fork. A damaged block costs what lies below
 * it, nothing else.
 */
final class AttributeBlocks {
  private static final int LEAF_V4 = 0xfbee;
  private static final int LEAF_V5 = 0x3bee;
  private static final int NODE_V4 = 0xfebe;
  private static final int NODE_V5 = 0x3ebe;
  private static final int NODE_ENTRY_BYTES = 8;
  private static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x0c, 0x20, 0x10, 0x30);

  private final Metadata metadata;
  private final Fork fork;
  private final MappedBlocks blocks;
  private final AttributeLeaf leaf;
  private final AttributeCollector attributes;
  private final Deque<Long> pending = new ArrayDeque<>();
  private final Set<Long> seen = new HashSet<>();

  private AttributeBlocks(
      Metadata metadata, Fork fork, List<Mapping> mappings, AttributeCollector attributes) {
    this.metadata = metadata;
    this.fork = fork;
    this.blocks = new MappedBlocks(mappings, metadata.geometry);
    this.attributes = attributes;
    this.leaf = new AttributeLeaf(metadata, fork, mappings, attributes);
  }

  /** Reads all attributes; a fork without any block is a normal, empty one. */
  static void read(Metadata metadata, Fork fork, AttributeCollector attributes) throws IOException {
    List<Mapping> mappings = ForkMap.read(metadata, fork);
    if (!mappings.isEmpty()) {
      new AttributeBlocks(metadata, fork, mappings, attributes).readAll();
    }
  }

  private void readAll() throws IOException {
    pending.add(0L);
    while (!pending.isEmpty() && !attributes.isFull()) {
      try {
        readBlock(pending.pop());
      } catch (CorruptImageException e) {
        metadata.anomalies.add(e);
      }
    }
  }

  private void readBlock(long fileBlock) throws IOException {
    if (!seen.add(fileBlock)) {
      throw fork.bytes().corrupt(XfsFault.ATTRIBUTE_CYCLE, 0, "file block " + fileBlock);
    }
    List<ByteRange> pieces = blocks.pieces(fileBlock, 1);
    if (pieces.isEmpty()) {
      throw fork.bytes().corrupt(XfsFault.ATTRIBUTE_HOLE, 0, "file block " + fileBlock);
    }
    StructView block =
        metadata.at(
            "xfs_attr block of inode " + fork.inode(),
            pieces.getFirst().offset(),
            metadata.geometry.blockSizeBytes(),
            XfsFault.EXTENT_RANGE);
    boolean version5 = metadata.superblock.selfDescribing();
    int magic = block.u16be(0x08);
    if (magic == (version5 ? LEAF_V5 : LEAF_V4)) {
      metadata.verify(block, SELF_DESCRIPTION, fork.inode());
      leaf.read(block);
    } else if (magic == (version5 ? NODE_V5 : NODE_V4)) {
      metadata.verify(block, SELF_DESCRIPTION, fork.inode());
      pushChildren(block, version5);
    } else {
      throw block.corrupt(XfsFault.ATTRIBUTE_MAGIC, 0x08, "0x" + Integer.toHexString(magic));
    }
  }

  private void pushChildren(StructView node, boolean version5) throws CorruptImageException {
    int countAt = version5 ? 0x38 : 0x0c;
    int entries = version5 ? 0x40 : 0x10;
    int count = node.u16be(countAt);
    if (!node.holds(entries, (long) count * NODE_ENTRY_BYTES)) {
      throw node.corrupt(XfsFault.ATTRIBUTE_NODE, countAt, count + " entries");
    }
    for (int i = count - 1; i >= 0; i--) {
      pending.push(node.u32be(entries + i * NODE_ENTRY_BYTES + 4));
    }
  }
}
