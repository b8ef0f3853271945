package io.amivet.btrfs;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * A node of a tree: {@code struct btrfs_header}, and behind it pointers to other nodes ({@code
 * btrfs_key_ptr}) or, in a leaf, items ({@code btrfs_item}) whose data fill the node from its end.
 * All of {@code linux/btrfs_tree.h}. The keys are in order and the data lie inside.
 */
final class Node {
  /** {@code BTRFS_MAX_LEVEL} less one. */
  static final int MAX_LEVEL = 7;

  static final int HEADER_BYTES = 101;
  private static final int POINTER_BYTES = 33;
  private static final int ITEM_BYTES = 25;

  private final StructView bytes;
  private final int level;
  private final int count;

  private Node(StructView bytes, int level, int count) {
    this.bytes = bytes;
    this.level = level;
    this.count = count;
  }

  /** Checks what a search relies on; the header's identity is the caller's to check. */
  static Node parse(StructView bytes) throws IOException {
    long nritems = bytes.u32le(96);
    int level = bytes.u8(100);
    int slotBytes = level == 0 ? ITEM_BYTES : POINTER_BYTES;
    if (level > MAX_LEVEL || nritems > (bytes.sizeBytes() - HEADER_BYTES) / slotBytes) {
      throw bytes.corrupt(BtrfsFault.NODE_ITEMS, 96, nritems + " at level " + level);
    }
    if (level > 0 && nritems == 0) {
      throw bytes.corrupt(BtrfsFault.NODE_ITEMS, 96, "no pointers at level " + level);
    }
    Node node = new Node(bytes, level, (int) nritems);
    node.checkOrder();
    if (level == 0) {
      node.checkData();
    }
    return node;
  }

  private void checkOrder() throws IOException {
    for (int slot = 1; slot < count; slot++) {
      int at = slotAt(slot);
      if (compare(slot - 1, bytes.u64le(at), bytes.u8(at + 8), bytes.u64le(at + 9)) >= 0) {
        throw bytes.corrupt(BtrfsFault.NODE_ORDER, at, "slot " + slot);
      }
    }
  }

  private void checkData() throws IOException {
    int room = bytes.sizeBytes() - HEADER_BYTES;
    for (int slot = 0; slot < count; slot++) {
      int at = slotAt(slot);
      long offset = bytes.u32le(at + 17);
      long size = bytes.u32le(at + 21);
      if (offset < (long) count * ITEM_BYTES || offset + size > room) {
        throw bytes.corrupt(BtrfsFault.NODE_ITEMS, at + 17, size + " bytes at " + offset);
      }
    }
  }

  StructView bytes() {
    return bytes;
  }

  /** Logical address that the node states. */
  long address() {
    return bytes.u64le(48);
  }

  long generation() {
    return bytes.u64le(80);
  }

  /** The tree it was written for; a snapshot shares nodes of its origin. */
  long owner() {
    return bytes.u64le(88);
  }

  int level() {
    return level;
  }

  /** How many pointers or items it has. */
  int count() {
    return count;
  }

  private int slotAt(int slot) {
    return HEADER_BYTES + slot * (level == 0 ? ITEM_BYTES : POINTER_BYTES);
  }

  Key key(int slot) {
    int at = slotAt(slot);
    return new Key(bytes.u64le(at), bytes.u8(at + 8), bytes.u64le(at + 9));
  }

  /** How the key in a slot compares with another, without making it. */
  private int compare(int slot, long objectId, int type, long offset) {
    int at = slotAt(slot);
    int order = Long.compareUnsigned(bytes.u64le(at), objectId);
    if (order == 0) {
      order = Integer.compare(bytes.u8(at + 8), type);
    }
    return order != 0 ? order : Long.compareUnsigned(bytes.u64le(at + 9), offset);
  }

  int compare(int slot, Key key) {
    return compare(slot, key.objectId(), key.type(), key.offset());
  }

  /** The first slot whose key is not less than {@code key}; {@link #count} if there is none. */
  int ceiling(Key key) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The slot of the pointer below which {@code key} would be: the last one not above it. */
  int childSlot(Key key) {
    int slot = ceiling(key);
    boolean exact = slot < count && compare(slot, key) == 0;
    return exact ? slot : Math.max(0, slot - 1);
  }

  /** Logical address of the node that a pointer leads to. */
  long childAddress(int slot) {
    return bytes.u64le(slotAt(slot) + 17);
  }

  long childGeneration(int slot) {
    return bytes.u64le(slotAt(slot) + 25);
  }

  /** The data of an item of a leaf. */
  StructView item(int slot) {
    int at = slotAt(slot);
    int start = HEADER_BYTES + (int) bytes.u32le(at + 17);
    return bytes.slice("item " + bytes.u8(at + 8), start, (int) bytes.u32le(at + 21));
  }
}
