package io.amivet.scan;

import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What can be mounted by itself of a volume: the whole, or a subvolume.
 *
 * @param top its directory in the volume, {@code /} for the whole
 * @param byDefault whether a mount that names no part shows this one
 */
record VolumePart(OpenedVolume volume, FsPath top, FileSystemView fs, long id, boolean byDefault) {

  /** All parts of a walked volume, that which is mounted by default first. */
  static List<VolumePart> of(OpenedVolume volume, FileTree tree) {
    FileSystemView fs = Objects.requireNonNull(volume.fs());
    List<VolumePart> parts = new ArrayList<>();
    for (FileEntry entry : tree.entries()) {
      if (entry.inode().isDirectory()) {
        fs.subvolumeAt(entry.inode())
            .ifPresent(root ->
                parts.add(
                    new VolumePart(
                        volume, entry.path(), root.view(), root.id(), root.byDefault())));
      }
    }
    parts.sort(
        Comparator.comparing((VolumePart part) -> !part.byDefault())
            .thenComparing(VolumePart::top));
    return parts;
  }

  boolean holds(String path) {
    try {
      return new PathLookup(fs).findFollowing(FsPath.of(path)).isPresent();
    } catch (IOException | InternalError unreadable) {
      // The walk has met the same directory, and said so.
      return false;
    }
  }

  /** Whether it looks like the root of an operating system. */
  boolean isSystem() {
    return holds("/etc/fstab") || holds("/etc/passwd");
  }

  /**
   * The entries of a volume, each with the innermost of some parts of it that holds it, by paths
   * from the root of that part.
   *
   * @param parts the whole volume among them
   */
  static Map<VolumePart, FileTree> split(FileTree tree, Set<VolumePart> parts) {
    if (parts.size() == 1) {
      return Map.of(parts.iterator().next(), tree);
    }
    Map<FsPath, VolumePart> tops = new HashMap<>();
    parts.forEach(part -> tops.put(part.top(), part));
    Map<FsPath, Place> directories = new HashMap<>();
    Map<VolumePart, List<FileEntry>> entries = new HashMap<>();
    // A directory comes before what it holds.
    for (FileEntry entry : tree.entries()) {
      VolumePart own = tops.get(entry.path());
      Place place =
          own != null
              ? new Place(own, FsPath.ROOT)
              : Objects.requireNonNull(directories.get(entry.path().parent())).below(entry);
      if (entry.inode().isDirectory()) {
        directories.put(entry.path(), place);
      }
      entries
          .computeIfAbsent(place.part(), _ -> new ArrayList<>())
          .add(new FileEntry(place.path(), entry.inode()));
    }
    Map<VolumePart, FileTree> trees = new HashMap<>();
    entries.forEach((part, own) -> trees.put(part, new FileTree(own, tree.complete(), List.of())));
    return trees;
  }

  /** Where an entry is, seen from the part that holds it. */
  private record Place(VolumePart part, FsPath path) {
    Place below(FileEntry child) {
      return new Place(part, path.resolve(child.path().name()));
    }
  }
}
