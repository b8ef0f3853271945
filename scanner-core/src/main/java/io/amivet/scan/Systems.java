package io.amivet.scan;

import io.amivet.artifact.ArtifactFile;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts file systems together as the image's own {@code /etc/fstab} would. The file system that has
 * one and is named as root by it, or else the first that has one, is the root; what it names by
 * uuid, label or logical volume is mounted into it; any other file system stands for itself, with
 * the accounts of the root if it has none.
 *
 * <p>A subvolume that fstab names, or that looks like a system of its own, counts as a file system;
 * all others stay with what is around them.
 */
final class Systems {
  private final Map<OpenedVolume, FileTree> walked;
  private final List<VolumePart> parts = new ArrayList<>();

  private Systems(Map<OpenedVolume, FileTree> walked) {
    this.walked = walked;
    walked.forEach((volume, tree) -> parts.addAll(VolumePart.of(volume, tree)));
  }

  /** Every walked entry in exactly one system, in the order of the volumes. */
  static List<SystemImage> assemble(Map<OpenedVolume, FileTree> walked) {
    return new Systems(walked).assemble();
  }

  /** A part and the fstab that it holds. */
  private record Candidate(VolumePart part, Fstab fstab) {
    /** A snapshot has the fstab of its origin, which does not name the snapshot. */
    boolean namesItselfAsRoot() {
      return fstab.pointOf(part).filter(FsPath::isRoot).isPresent();
    }
  }

  private List<SystemImage> assemble() {
    List<Candidate> roots = new ArrayList<>();
    for (VolumePart part : parts) {
      Optional<ArtifactFile> fstab =
          part.holds("/etc/fstab") ? alone(part).read("/etc/fstab") : Optional.empty();
      fstab.ifPresent(file -> roots.add(new Candidate(part, Fstab.parse(file.bytes()))));
    }
    if (roots.isEmpty()) {
      return mounts(Fstab.none()).stream().map(mount -> single(mount, null)).toList();
    }
    Candidate root =
        roots.stream().filter(Candidate::namesItselfAsRoot).findFirst().orElse(roots.getFirst());
    return around(root.part(), root.fstab());
  }

  /** A mount that is only good for looking up what is in it. */
  private static SystemImage alone(VolumePart part) {
    FileTree nothing = new FileTree(List.of(), true, List.of());
    return single(new Mount(FsPath.ROOT, part.top(), part.volume(), part.fs(), nothing), null);
  }

  private List<SystemImage> around(VolumePart root, Fstab fstab) {
    List<Mount> together = new ArrayList<>();
    List<Mount> apart = new ArrayList<>();
    for (Mount mount : mounts(fstab)) {
      boolean isRoot = mount.volume().equals(root.volume()) && mount.top().equals(root.top());
      if (isRoot) {
        together.addFirst(mount.at(FsPath.ROOT));
      } else if (!mount.point().isRoot() && isFree(mount.point(), together)) {
        together.add(mount);
      } else {
        apart.add(mount.at(FsPath.ROOT));
      }
    }
    List<SystemImage> systems = new ArrayList<>();
    SystemImage main = new SystemImage(together, null);
    systems.add(main);
    apart.forEach(mount -> systems.add(single(mount, main)));
    return systems;
  }

  /** What is mounted by itself, at the place that fstab gives it, or else at the root. */
  private List<Mount> mounts(Fstab fstab) {
    List<Mount> mounts = new ArrayList<>();
    walked.forEach((volume, tree) -> {
      Set<VolumePart> own = new LinkedHashSet<>();
      for (VolumePart part : parts) {
        if (part.volume().equals(volume)
            && (part.top().isRoot() || fstab.pointOf(part).isPresent() || part.isSystem())) {
          own.add(part);
        }
      }
      Map<VolumePart, FileTree> trees = VolumePart.split(tree, own);
      for (VolumePart part : own) {
        FileTree entries = trees.get(part);
        if (entries != null) {
          FsPath point = fstab.pointOf(part).orElse(FsPath.ROOT);
          mounts.add(new Mount(point, part.top(), volume, part.fs(), entries));
        }
      }
    });
    return mounts;
  }

  private static boolean isFree(FsPath point, List<Mount> mounts) {
    return mounts.stream().noneMatch(mount -> mount.point().equals(point));
  }

  private static SystemImage single(Mount mount, @Nullable SystemImage accountSource) {
    return new SystemImage(List.of(mount), accountSource);
  }
}
