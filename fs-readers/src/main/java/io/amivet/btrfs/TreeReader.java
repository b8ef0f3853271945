package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds items in trees. A search goes down at most eight levels. A scan meets the nodes of each
 * level in ascending order of their first keys or not at all, so that none is read twice whatever
 * the pointers say.
 */
final class TreeReader {
  private final Nodes nodes;
  private final AnomalyLog anomalies;

  TreeReader(Nodes nodes, AnomalyLog anomalies) {
    this.nodes = nodes;
    this.anomalies = anomalies;
  }

  /** Receives items in the order of their keys. */
  interface ItemVisitor {
    /** Returns whether to go on. */
    boolean item(Key key, StructView data) throws IOException;

    /** A node is damaged: items from {@code first} on are lost, and none from {@code end} on. */
    default void lost(Key first, Key end) {}
  }

  /**
   * The data of the item with this key.
   *
   * @throws CorruptImageException if a node on the way is damaged
   */
  Optional<StructView> find(TreeRoot tree, Key key) throws IOException {
    Node leaf = leafFor(tree, key);
    int slot = leaf.ceiling(key);
    boolean found = slot < leaf.count() && leaf.compare(slot, key) == 0;
    return found ? Optional.of(leaf.item(slot)) : Optional.empty();
  }

  private Node leafFor(TreeRoot tree, Key key) throws IOException {
    Node node = nodes.read(Nodes.Pointer.to(tree));
    while (node.level() > 0) {
      node = nodes.read(Nodes.Pointer.to(tree.id(), node, node.childSlot(key)));
    }
    return node;
  }

  /** Where the leaf is that holds this key if any does; the leaf itself is not read. */
  ByteRange leafLocation(TreeRoot tree, Key key) throws IOException {
    Nodes.Pointer pointer = Nodes.Pointer.to(tree);
    while (pointer.level() > 0) {
      Node node = nodes.read(pointer);
      pointer = Nodes.Pointer.to(tree.id(), node, node.childSlot(key));
    }
    return nodes.location(pointer);
  }

  /**
   * Visits the items whose keys lie between two others, those included. A damaged node costs what
   * lies below it; it is recorded.
   *
   * @return false if a node could not be read
   */
  boolean scan(TreeRoot tree, Key first, Key last, ItemVisitor visitor) throws IOException {
    return new Scan(tree, first, last, visitor).run();
  }

  private static final class Frame {
    final Node node;
    final Key end;
    int slot;

    Frame(Node node, Key end, int slot) {
      this.node = node;
      this.end = end;
      this.slot = slot;
    }

    /** Below which all keys of the node in {@code slot} must be. */
    Key endOf(int child) {
      return child + 1 < node.count() ? node.key(child + 1) : end;
    }
  }

  private final class Scan {
    private final TreeRoot tree;
    private final Key first;
    private final Key last;
    private final ItemVisitor visitor;
    private final Deque<Frame> path = new ArrayDeque<>();
    private final @Nullable Key[] reached = new @Nullable Key[Node.MAX_LEVEL + 1];
    private boolean complete = true;
    private boolean done;

    Scan(TreeRoot tree, Key first, Key last, ItemVisitor visitor) {
      this.tree = tree;
      this.first = first;
      this.last = last;
      this.visitor = visitor;
      Arrays.fill(reached, null);
    }

    boolean run() throws IOException {
      enter(Nodes.Pointer.to(tree), Key.LAST);
      while (!done && !path.isEmpty()) {
        Frame top = path.element();
        if (top.slot >= top.node.count()) {
          path.pop();
        } else if (top.node.level() == 0) {
          visitLeaf(top);
          path.poll();
        } else if (top.node.compare(top.slot, last) > 0) {
          path.pop();
        } else {
          int slot = top.slot++;
          enter(Nodes.Pointer.to(tree.id(), top.node, slot), top.endOf(slot));
        }
      }
      return complete;
    }

    private void enter(Nodes.Pointer pointer, Key end) throws IOException {
      try {
        Node node = nodes.read(pointer);
        checkOrder(node, pointer);
        int slot = node.level() == 0 ? node.ceiling(first) : node.childSlot(first);
        path.push(new Frame(node, end, slot));
      } catch (CorruptImageException e) {
        anomalies.add(e);
        complete = false;
        visitor.lost(pointer.firstKey() == null ? Key.FIRST : pointer.firstKey(), end);
      }
    }

    private void checkOrder(Node node, Nodes.Pointer pointer) throws IOException {
      Key start = pointer.firstKey();
      Key before = reached[node.level()];
      if (start != null && before != null && before.compareTo(start) >= 0) {
        throw node.bytes().corrupt(BtrfsFault.NODE_ORDER, Node.HEADER_BYTES, start + " again");
      }
      reached[node.level()] = start;
    }

    private void visitLeaf(Frame leaf) throws IOException {
      for (int slot = leaf.slot; slot < leaf.node.count(); slot++) {
        Key key = leaf.node.key(slot);
        if (key.compareTo(last) > 0 || !visitor.item(key, leaf.node.item(slot))) {
          done = true;
          return;
        }
      }
    }
  }
}
