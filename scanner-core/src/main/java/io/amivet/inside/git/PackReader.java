package io.amivet.inside.git;

import io.amivet.block.BlockDevice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Shows every object of a pack once. Deltas are resolved from their base down, as {@code
 * git-index-pack(1)} does, so that each is patched once; what does not fit into memory meanwhile is
 * made again. An object whose base cannot be read is counted, and cycles are never entered. For one
 * thread.
 */
final class PackReader {
  private final PackIndex index;
  private final PackEntries entries;
  private final Losses losses;
  private final WorkBudget budget;
  private final List<Frame> stack = new ArrayList<>();

  /** Frames with bytes that are still needed, the lowest of the stack first. */
  private final Deque<Frame> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private long shown;

  private PackReader(BlockDevice pack, PackIndex index) {
    this.index = index;
    this.entries = index.entries();
    this.losses = index.losses();
    this.budget = new WorkBudget(PackLimits.workBytes(pack.sizeBytes()));
  }

  /** An object whose deltas are being resolved. */
  private static final class Frame {
    final int entry;
    byte @Nullable [] bytes;
    int child;
    int namedChild;

    Frame(int entry, byte[] bytes, int child, int namedChild) {
      this.entry = entry;
      this.bytes = bytes;
      this.child = child;
      this.namedChild = namedChild;
    }

    boolean hasMore() {
      return child != PackEntries.NONE || namedChild != PackEntries.NONE;
    }
  }

  /**
   * Shows the objects of a pack: first all trees, commits and tags, then all blobs, both in the
   * order of the pack.
   *
   * @return what could not be read
   * @throws IOException if the device fails or the visitor throws
   */
  static Losses read(BlockDevice pack, ObjectVisitor visitor) throws IOException {
    PackReader reader = new PackReader(pack, PackIndex.of(pack));
    try (PackCursor cursor = new PackCursor(pack)) {
      reader.showAll(cursor, EnumSet.complementOf(EnumSet.of(ObjectType.BLOB)), visitor);
      reader.showAll(cursor, EnumSet.of(ObjectType.BLOB), visitor);
    }
    reader.countUnseen();
    return reader.losses;
  }

  private void countUnseen() {
    long unseen =
        entries.count() - shown - losses.count(Loss.DAMAGED) - losses.count(Loss.TOO_LARGE);
    losses.add(budget.spent() ? Loss.TOO_MUCH_WORK : Loss.BASE_MISSING, unseen);
  }

  private void showAll(PackCursor cursor, Set<ObjectType> types, ObjectVisitor visitor)
      throws IOException {
    for (int entry = 0; entry < entries.count() && !budget.spent(); entry++) {
      Optional<ObjectType> type = entries.type(entry);
      if (type.isPresent() && types.contains(type.get())) {
        showFamily(cursor, entry, type.get(), visitor);
      }
    }
  }

  /** Shows an object that is stored whole, and all that build on it. */
  private void showFamily(PackCursor cursor, int root, ObjectType type, ObjectVisitor visitor)
      throws IOException {
    try {
      if (entries.sizeBytes(root) > PackLimits.MAX_HELD_BYTES) {
        showLarge(cursor, root, type, visitor);
        return;
      }
      byte[] whole = inflate(cursor, root);
      if (whole != null) {
        push(root, whole, type, visitor);
        while (!stack.isEmpty()) {
          showNextChild(cursor, type, visitor);
        }
      }
    } finally {
      stack.clear();
      waiting.clear();
      waitingBytes = 0;
    }
  }

  private void showNextChild(PackCursor cursor, ObjectType type, ObjectVisitor visitor)
      throws IOException {
    Frame parent = stack.getLast();
    if (!parent.hasMore()) {
      stack.removeLast();
      return;
    }
    int child = parent.child != PackEntries.NONE ? parent.child : parent.namedChild;
    if (parent.child != PackEntries.NONE) {
      parent.child = entries.nextSibling(child);
    } else {
      parent.namedChild = entries.nextSibling(child);
    }
    byte[] base = parent.bytes == null ? remake(cursor) : parent.bytes;
    if (!parent.hasMore()) {
      release(parent);
    }
    byte[] result = base == null ? null : patch(cursor, child, base);
    if (result != null) {
      push(child, result, type, visitor);
    }
  }

  private void push(int entry, byte[] bytes, ObjectType type, ObjectVisitor visitor)
      throws IOException {
    MessageDigest digest = index.format().objectDigest(type, bytes.length);
    ObjectId id = new ObjectId(digest.digest(bytes));
    shown++;
    visitor.object(new GitObject(type, id, bytes.length, new ByteArrayInputStream(bytes)));
    Frame frame = new Frame(entry, bytes, entries.firstChild(entry), entries.takeFirstChild(id));
    if (frame.hasMore()) {
      stack.add(frame);
      keep(frame);
    }
  }

  private void keep(Frame frame) {
    waiting.addLast(frame);
    waitingBytes += length(frame);
    while (waitingBytes > PackLimits.MAX_WAITING_BYTES && waiting.size() > 1) {
      Frame lowest = waiting.removeFirst();
      waitingBytes -= length(lowest);
      lowest.bytes = null;
    }
  }

  private void release(Frame top) {
    if (waiting.peekLast() == top) {
      waiting.removeLast();
      waitingBytes -= length(top);
    }
    top.bytes = null;
  }

  private static int length(Frame frame) {
    return frame.bytes == null ? 0 : frame.bytes.length;
  }

  /** The object on top of the stack once more, from the next below that is still there. */
  private byte @Nullable [] remake(PackCursor cursor) throws IOException {
    int known = stack.size() - 1;
    while (known > 0 && stack.get(known).bytes == null) {
      known--;
    }
    byte[] bytes = stack.get(known).bytes;
    if (bytes == null) {
      bytes = inflate(cursor, stack.getFirst().entry);
    }
    for (int i = known + 1; i < stack.size() && bytes != null; i++) {
      bytes = patch(cursor, stack.get(i).entry, bytes);
    }
    Frame top = stack.getLast();
    if (bytes != null && top.hasMore()) {
      top.bytes = bytes;
      keep(top);
    }
    return bytes;
  }

  /** What the delta {@code entry} makes of its base; null if it cannot be had. */
  private byte @Nullable [] patch(PackCursor cursor, int entry, byte[] base) throws IOException {
    byte[] instructions = inflate(cursor, entry);
    if (instructions == null) {
      return null;
    }
    try {
      Delta delta = Delta.parse(instructions);
      if (delta.resultBytes() > PackLimits.MAX_HELD_BYTES) {
        losses.add(Loss.TOO_LARGE, 1);
        return null;
      }
      return budget.take(delta.resultBytes()) ? delta.apply(base) : null;
    } catch (DataFormatException e) {
      losses.add(Loss.DAMAGED, 1);
      return null;
    }
  }

  private byte @Nullable [] inflate(PackCursor cursor, int entry) throws IOException {
    long size = entries.sizeBytes(entry);
    if (size > PackLimits.MAX_HELD_BYTES) {
      losses.add(Loss.TOO_LARGE, 1);
      return null;
    }
    if (!budget.take(size + PackIndex.EntryHeader.WORK_BYTES)) {
      return null;
    }
    try {
      seekContents(cursor, entry);
      return cursor.inflateAll((int) size);
    } catch (DataFormatException e) {
      losses.add(Loss.DAMAGED, 1);
      return null;
    }
  }

  private void seekContents(PackCursor cursor, int entry) throws IOException, DataFormatException {
    long offset = entries.offset(entry);
    cursor.seek(offset, index.endOf(entry) - offset);
    PackIndex.EntryHeader.read(cursor, index.format());
  }

  /** An object that is never in memory as a whole; its deltas are not resolved. */
  private void showLarge(PackCursor cursor, int entry, ObjectType type, ObjectVisitor visitor)
      throws IOException {
    long size = entries.sizeBytes(entry);
    // Once for its id, once for the visitor.
    if (!budget.take(2 * size)) {
      return;
    }
    try {
      MessageDigest digest = index.format().objectDigest(type, size);
      seekContents(cursor, entry);
      byte[] piece = new byte[64 << 10];
      try (InputStream in = cursor.stream()) {
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
          digest.update(piece, 0, count);
        }
      }
      seekContents(cursor, entry);
      shown++;
      visitor.object(new GitObject(type, new ObjectId(digest.digest()), size, cursor.stream()));
    } catch (DataFormatException e) {
      losses.add(Loss.DAMAGED, 1);
    }
  }
}
