package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the root tree holds: where all other trees start, which subvolumes there are, and at which
 * directory entry each of them hangs.
 */
final class Roots {
  /** Bounds memory; the ids of subvolumes must leave room for inode numbers, too. */
  private static final int MAX_SUBVOLUMES = 1 << 18;

  /** Hash of the name "default" in the directory of the root tree. */
  private static final byte[] DEFAULT = {'d', 'e', 'f', 'a', 'u', 'l', 't'};

  private final AnomalyLog anomalies;
  private final Map<Long, Subvolume> subvolumes = new HashMap<>();
  private final List<Subvolume> byIndex = new ArrayList<>();
  private final Map<Long, TreeRoot> others = new HashMap<>();
  private final Map<Link, Entry> links = new HashMap<>();
  private long defaultSubvolume = TreeId.FS;
  private boolean complete = true;

  /** A subvolume below another. */
  private record Link(long parent, long child) {}

  /** The directory entry of a subvolume. */
  private record Entry(long directory, byte[] name) {}

  private Roots(AnomalyLog anomalies) {
    this.anomalies = anomalies;
  }

  static Roots read(TreeReader trees, TreeRoot rootTree, AnomalyLog anomalies) throws IOException {
    Roots roots = new Roots(anomalies);
    // First in the list, so that inode numbers of the top level are as they are.
    roots.byIndex.add(Subvolume.ABSENT);
    roots.complete = trees.scan(rootTree, Key.FIRST, Key.LAST, roots::visit);
    Subvolume top = roots.subvolumes.get(TreeId.FS);
    if (top == null) {
      throw new CorruptImageException(
          BtrfsFault.ROOT_MISSING, -1, "root tree", "the top level has no root");
    }
    return roots;
  }

  private boolean visit(Key key, StructView item) throws IOException {
    try {
      switch (key.type()) {
        case ItemType.ROOT_ITEM -> addRoot(key, item);
        case ItemType.ROOT_REF -> addLink(key, item);
        case ItemType.DIR_ITEM -> addDefault(key, item);
        default -> {}
      }
    } catch (CorruptImageException e) {
      anomalies.add(e);
      complete = false;
    }
    return true;
  }

  private void addRoot(Key key, StructView item) throws IOException {
    if (!TreeId.isSubvolume(key.objectId())) {
      others.put(key.objectId(), Subvolume.parse(key, item, 0).root());
      return;
    }
    Subvolume known = subvolumes.get(key.objectId());
    if (known == null && byIndex.size() >= MAX_SUBVOLUMES) {
      throw item.corrupt(BtrfsFault.ROOT_LIMIT, 0, "");
    }
    int index;
    if (key.objectId() == TreeId.FS) {
      index = 0;
    } else {
      index = known == null ? byIndex.size() : known.index();
    }
    Subvolume subvolume = Subvolume.parse(key, item, index);
    subvolumes.put(key.objectId(), subvolume);
    if (index == byIndex.size()) {
      byIndex.add(subvolume);
    } else {
      byIndex.set(index, subvolume);
    }
  }

  private void addLink(Key key, StructView item) throws IOException {
    int header = 18;
    if (!item.holds(0, header) || !item.holds(header, item.u16le(16))) {
      throw item.corrupt(BtrfsFault.ROOT_REFERENCE, 0, item.sizeBytes() + " bytes");
    }
    byte[] name = item.bytes(header, item.u16le(16));
    links.put(new Link(key.objectId(), key.offset()), new Entry(item.u64le(0), name));
  }

  private void addDefault(Key key, StructView item) throws IOException {
    if (key.objectId() != TreeId.ROOT_DIRECTORY) {
      return;
    }
    for (DirItem entry : DirItem.parseAll(item)) {
      if (Arrays.equals(entry.name(), DEFAULT)) {
        defaultSubvolume = entry.location().objectId();
      }
    }
  }

  /** The subvolume that a plain mount shows. */
  long defaultSubvolume() {
    return defaultSubvolume;
  }

  /** All subvolumes, by their {@link Subvolume#index}; the first is the top level. */
  List<Subvolume> subvolumes() {
    return byIndex;
  }

  Subvolume top() {
    return byIndex.getFirst();
  }

  /** The root of a tree that holds no files. */
  Optional<TreeRoot> tree(long id) {
    return Optional.ofNullable(others.get(id));
  }

  /**
   * The subvolume that a directory entry leads to. Empty if the entry is but the copy that a
   * snapshot took of one: the kernel then shows an empty directory.
   *
   * @throws CorruptImageException if the root tree is damaged, so that this is not known
   */
  Optional<Subvolume> at(Subvolume parent, long directory, byte[] name, long child)
      throws IOException {
    Entry entry = links.get(new Link(parent.id(), child));
    @Nullable Subvolume target = subvolumes.get(child);
    boolean linked =
        entry != null && entry.directory() == directory && Arrays.equals(entry.name(), name);
    if (linked && target != null && target.references() > 0) {
      return Optional.of(target);
    }
    if (!complete) {
      throw new CorruptImageException(
          BtrfsFault.ROOT_MISSING, -1, "root tree", "subvolume " + Long.toUnsignedString(child));
    }
    return Optional.empty();
  }
}
