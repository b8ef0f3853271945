package io.amivet.source.tree;

import io.amivet.fs.Inode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tree that were met so far, by inode number. Where a tree spans several file
 * systems (overlays and subvolumes do), a number that is taken already is replaced by one of our
 * own.
 */
final class HostNodes {
  /** Numbers of our own; file systems use lower ones. */
  private static final long FIRST_OWN_NUMBER = 1L << 62;

  private final Map<Long, Node> byNumber = new HashMap<>();
  private final Map<FileId, Long> ownNumbers = new HashMap<>();
  private long nextOwnNumber = FIRST_OWN_NUMBER;

  private record FileId(long device, long inodeNumber) {}

  /**
   * One file under the name by which it was met first.
   *
   * @param parent null for the root
   * @param sparse if less is allocated than its size, so that there are holes
   */
  record Node(
      @Nullable Node parent,
      byte[] name,
      Inode inode,
      long device,
      long kernelInodeNumber,
      long mountId,
      boolean sparse) {

    /** The names from the root down to this; empty for the root. */
    List<byte[]> path() {
      List<byte[]> names = new ArrayList<>();
      for (Node at = this; at.parent != null; at = at.parent) {
        names.add(at.name);
      }
      Collections.reverse(names);
      return names;
    }

    boolean isStill(HostStat stat) {
      return device == stat.device() && kernelInodeNumber == stat.inodeNumber();
    }
  }

  synchronized @Nullable Node get(long number) {
    return byNumber.get(number);
  }

  /** The node of a file; one that is known under another name stays there. */
  synchronized Node add(@Nullable Node parent, byte[] name, HostStat stat) {
    long number = numberOf(stat);
    Node known = byNumber.get(number);
    if (known != null) {
      return known;
    }
    boolean sparse = stat.storedBytes() < stat.sizeBytes();
    Node node =
        new Node(
            parent,
            name,
            stat.toInode(number),
            stat.device(),
            stat.inodeNumber(),
            stat.mountId(),
            sparse);
    byNumber.put(number, node);
    return node;
  }

  private long numberOf(HostStat stat) {
    Node holder = byNumber.get(stat.inodeNumber());
    if (stat.inodeNumber() > 0 && (holder == null || holder.isStill(stat))) {
      return stat.inodeNumber();
    }
    return ownNumbers.computeIfAbsent(
        new FileId(stat.device(), stat.inodeNumber()), _ -> nextOwnNumber++);
  }
}
