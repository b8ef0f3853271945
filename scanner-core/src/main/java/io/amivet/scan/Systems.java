package io.amivet.scan;

import io.amivet.artifact.ArtifactFile;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts file systems together as the image's own {@code /etc/fstab} would. The first file system
 * that has one is the root; what it names by uuid, label or logical volume is mounted into it; any other file
 * system stands for itself, with the accounts of the root if it has none.
 */
final class Systems {
  private Systems() {}

  /** Every walked volume in exactly one system, in the order of the volumes. */
  static List<SystemImage> assemble(Map<OpenedVolume, FileTree> walked) {
    List<Mount> alone = new ArrayList<>();
    walked.forEach((volume, tree) -> alone.add(mount(FsPath.ROOT, volume, tree)));
    for (int i = 0; i < alone.size(); i++) {
      Optional<ArtifactFile> fstab = single(alone.get(i), null).read("/etc/fstab");
      if (fstab.isPresent()) {
        Mount root = alone.remove(i);
        return around(root, Fstab.parse(fstab.get().bytes()), alone);
      }
    }
    return alone.stream().map(mount -> single(mount, null)).toList();
  }

  private static List<SystemImage> around(Mount root, Fstab fstab, List<Mount> others) {
    List<Mount> together = new ArrayList<>(List.of(root));
    List<Mount> apart = new ArrayList<>();
    for (Mount other : others) {
      Optional<FsPath> point = fstab.pointOf(other.volume().volume());
      if (point.isPresent() && !point.get().isRoot() && isFree(point.get(), together)) {
        together.add(mount(point.get(), other.volume(), other.tree()));
      } else {
        apart.add(other);
      }
    }
    List<SystemImage> systems = new ArrayList<>();
    SystemImage main = new SystemImage(together, null);
    systems.add(main);
    apart.forEach(mount -> systems.add(single(mount, main)));
    return systems;
  }

  private static boolean isFree(FsPath point, List<Mount> mounts) {
    return mounts.stream().noneMatch(mount -> mount.point().equals(point));
  }

  private static SystemImage single(Mount mount, @Nullable SystemImage accountSource) {
    return new SystemImage(List.of(mount), accountSource);
  }

  private static Mount mount(FsPath point, OpenedVolume volume, FileTree tree) {
    return new Mount(point, volume, java.util.Objects.requireNonNull(volume.fs()), tree);
  }
}
