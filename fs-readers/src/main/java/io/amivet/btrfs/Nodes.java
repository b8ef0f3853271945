package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads tree nodes and holds them against what points to them and what they say of themselves. Of
 * several copies the first that is wholly right is taken; one whose checksum alone is wrong is
 * better than none, since a flipped bit must not hide a thousand files from a scanner.
 *
 * <p>Thread-safe. Keeps nodes that were read lately, within a budget.
 */
final class Nodes {
  private static final int CACHE_BYTES = 32 << 20;

  private final BlockDevice volume;
  private final Superblock superblock;
  private final ChunkMap chunks;
  private final AnomalyLog anomalies;
  private final Map<Long, Node> kept;

  Nodes(BlockDevice volume, Superblock superblock, ChunkMap chunks, AnomalyLog anomalies) {
    this.volume = volume;
    this.superblock = superblock;
    this.chunks = chunks;
    this.anomalies = anomalies;
    int capacity = CACHE_BYTES / superblock.nodeBytes();
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Node> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * What leads to a node, and so what is known of it before it is read.
   *
   * @param tree id of the tree that is read
   * @param firstKey of the node; null for the root of a tree, of which it is not known
   */
  record Pointer(long tree, long address, int level, long generation, @Nullable Key firstKey) {
    static Pointer to(TreeRoot root) {
      return new Pointer(root.id(), root.address(), root.level(), root.generation(), null);
    }

    /** What a slot of an inner node points to. */
    static Pointer to(long tree, Node parent, int slot) {
      return new Pointer(
          tree,
          parent.childAddress(slot),
          parent.level() - 1,
          parent.childGeneration(slot),
          parent.key(slot));
    }
  }

  /**
   * The node behind a pointer.
   *
   * @throws CorruptImageException if no copy is what the pointer says
   */
  Node read(Pointer pointer) throws IOException {
    Node known;
    synchronized (kept) {
      known = kept.get(pointer.address());
    }
    if (known != null) {
      check(known, pointer);
      return known;
    }
    Node node = readCopies(pointer);
    synchronized (kept) {
      kept.put(pointer.address(), node);
    }
    return node;
  }

  /** Where the first copy of a node is, computed. */
  ByteRange location(Pointer pointer) throws IOException {
    int nodeBytes = superblock.nodeBytes();
    return new ByteRange(chunks.locate(pointer.address(), nodeBytes)[0], nodeBytes);
  }

  private Node readCopies(Pointer pointer) throws IOException {
    int nodeBytes = superblock.nodeBytes();
    Node usable = null;
    CorruptImageException fault = null;
    for (long offset : chunks.locate(pointer.address(), nodeBytes)) {
      StructView bytes = volume.struct("btrfs_header", offset, nodeBytes);
      try {
        Node node = Node.parse(bytes);
        check(node, pointer);
        if (superblock.checksumType().holdsFor(bytes.segment())) {
          note(fault);
          return node;
        }
        usable = usable == null ? node : usable;
        fault = bytes.corrupt(BtrfsFault.NODE_CHECKSUM, 0, "");
      } catch (CorruptImageException e) {
        fault = fault == null ? e : fault;
      }
    }
    if (usable == null) {
      throw fault == null ? noCopy(pointer) : fault;
    }
    note(fault);
    return usable;
  }

  private void note(@Nullable CorruptImageException fault) {
    if (fault != null) {
      anomalies.add(fault);
    }
  }

  private static CorruptImageException noCopy(Pointer pointer) {
    String address = Long.toUnsignedString(pointer.address());
    return new CorruptImageException(BtrfsFault.ADDRESS, -1, "btrfs_header", address);
  }

  /** Whether the node is the one that the pointer means, and not what once was in its place. */
  private void check(Node node, Pointer pointer) throws IOException {
    StructView header = node.bytes();
    if (node.address() != pointer.address()) {
      throw header.corrupt(BtrfsFault.NODE_HEADER, 48, Long.toUnsignedString(node.address()));
    }
    if (!Superblock.uuid(header, 32).equals(superblock.metadataUuid())) {
      throw header.corrupt(BtrfsFault.NODE_HEADER, 32, "another file system");
    }
    if (node.level() != pointer.level()) {
      throw header.corrupt(BtrfsFault.NODE_HEADER, 100, "level " + node.level());
    }
    boolean rightOwner =
        TreeId.isSubvolume(pointer.tree())
            ? TreeId.isSubvolume(node.owner())
            : node.owner() == pointer.tree();
    if (!rightOwner) {
      throw header.corrupt(BtrfsFault.NODE_HEADER, 88, Long.toUnsignedString(node.owner()));
    }
    if (node.generation() != pointer.generation()) {
      String found = Long.toUnsignedString(node.generation());
      String wanted = Long.toUnsignedString(pointer.generation());
      throw header.corrupt(BtrfsFault.NODE_GENERATION, 80, found + " instead of " + wanted);
    }
    if (pointer.firstKey() != null
        && (node.count() == 0 || node.compare(0, pointer.firstKey()) != 0)) {
      throw header.corrupt(BtrfsFault.NODE_ORDER, Node.HEADER_BYTES, "not " + pointer.firstKey());
    }
  }
}
