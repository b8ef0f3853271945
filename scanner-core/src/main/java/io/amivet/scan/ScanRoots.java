package io.amivet.scan;

import io.amivet.artifact.ImageView;
import io.amivet.artifact.PasswordWork;
import io.amivet.fs.DirectoryView;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet;
import io.amivet.scan.layer.LayerRoot;
import io.amivet.scan.layer.LayerRoots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the paths of rules begin in one scan: the mounts of a system, and in them each layer of a
 * container as a root of its own. A file that a layer holds and the next one removes is therefore
 * still judged.
 *
 * <p>Rules about the machine as such are not asked of layers, where nothing boots and nobody logs
 * in: those that leave out the folder of docker, wherever the layer lies. Any directory of a layer
 * may be a home, as in archives: images put programs and their secrets anywhere.
 */
final class ScanRoots {
  /** Stands for every layer when rules are asked what they leave out. */
  private static final String IN_DOCKER = "/var/lib/docker/overlay2/layer/diff/file";

  /** The longest stack that overlayfs mounts is shorter. */
  private static final int MAX_STACK = 512;

  private final PasswordWork passwordWork = new PasswordWork();
  private final RuleSet rules;
  private final RuleSet rulesInLayers;

  ScanRoots(RuleSet rules) {
    this.rules = rules;
    this.rulesInLayers = rules.without(aboutTheMachine(rules)).withHomesAnywhere();
  }

  /** The rules that say nothing of what a container is made from. */
  static Set<Rule> aboutTheMachine(RuleSet rules) {
    return rules.excluding(IN_DOCKER);
  }

  /** Every entry of the system in exactly one root, but for what only says that a file is gone. */
  List<ScanRoot> of(SystemImage system) {
    List<Mount> mounts = new ArrayList<>();
    List<ScanRoot> layers = new ArrayList<>();
    for (Mount mount : system.mounts()) {
      List<LayerRoot> found = LayerRoots.find(mount.fs(), mount.tree());
      if (found.isEmpty()) {
        mounts.add(mount);
      } else {
        Split split = new Split(mount, found);
        mounts.add(mount.holding(split.outside()));
        addLayers(split.layers(), found, layers);
      }
    }
    SystemImage machine = layers.isEmpty() ? system : system.withMounts(mounts);
    RuleSet placed = rules.withHomes(HomeDirectories.of(machine));
    List<ScanRoot> roots = new ArrayList<>();
    machine
        .mounts()
        .forEach(mount ->
            roots.add(new ScanRoot(mount, machine.withPasswordWork(passwordWork), placed)));
    roots.addAll(layers);
    return roots;
  }

  private void addLayers(Map<FsPath, Mount> mounts, List<LayerRoot> found, List<ScanRoot> roots) {
    Map<FsPath, SystemImage> images = new HashMap<>();
    Map<FsPath, FsPath> below = new HashMap<>();
    for (LayerRoot layer : found) {
      Mount mount = Objects.requireNonNull(mounts.get(layer.top()));
      images.put(layer.top(), new SystemImage(List.of(mount), null));
      below.put(layer.top(), layer.below());
    }
    for (LayerRoot layer : found) {
      List<SystemImage> stack = new ArrayList<>();
      Set<FsPath> seen = new HashSet<>();
      FsPath each = layer.top();
      while (!each.isRoot() && seen.add(each) && stack.size() < MAX_STACK) {
        stack.add(Objects.requireNonNull(images.get(each)));
        each = below.getOrDefault(each, FsPath.ROOT);
      }
      Mount mount = Objects.requireNonNull(mounts.get(layer.top()));
      ImageView image = new LayerImage(stack).withPasswordWork(passwordWork);
      roots.add(new ScanRoot(mount, image, rulesInLayers));
    }
  }

  /** The entries of a mount, those in layers apart, by paths from the root of their layer. */
  private static final class Split {
    private final Mount mount;
    private final List<FileEntry> outside = new ArrayList<>();
    private final Map<FsPath, List<FileEntry>> inside = new LinkedHashMap<>();
    private final Map<FsPath, LayerRoot> roots = new LinkedHashMap<>();

    /** Where a directory of a layer is, seen from that layer. */
    private record Place(LayerRoot layer, FsPath path) {}

    Split(Mount mount, List<LayerRoot> layers) {
      this.mount = mount;
      for (LayerRoot layer : layers) {
        roots.put(layer.top(), layer);
        inside.put(layer.top(), new ArrayList<>());
      }
      Map<FsPath, Place> directories = new HashMap<>();
      // A directory comes before what it holds.
      for (FileEntry entry : mount.tree().entries()) {
        LayerRoot own = entry.inode().isDirectory() ? roots.get(entry.path()) : null;
        Place parent = own == null ? directories.get(entry.path().parent()) : null;
        if (own == null && parent == null) {
          outside.add(entry);
          continue;
        }
        Place place =
            own != null
                ? new Place(own, FsPath.ROOT)
                : new Place(
                    Objects.requireNonNull(parent).layer(),
                    parent.path().resolve(entry.path().name()));
        if (entry.inode().isDirectory()) {
          directories.put(entry.path(), place);
        }
        if (!LayerImage.isWhiteout(entry)) {
          Objects.requireNonNull(inside.get(place.layer().top()))
              .add(new FileEntry(place.path(), entry.inode()));
        }
      }
    }

    private FileTree tree(List<FileEntry> entries) {
      return new FileTree(entries, mount.tree().complete(), List.of());
    }

    FileTree outside() {
      return new FileTree(outside, mount.tree().complete(), mount.tree().unreadable());
    }

    Map<FsPath, Mount> layers() {
      Map<FsPath, Mount> layers = new LinkedHashMap<>();
      inside.forEach((top, entries) -> {
        LayerRoot root = Objects.requireNonNull(roots.get(top));
        layers.put(
            top,
            new Mount(
                FsPath.ROOT,
                mount.onVolume(top),
                mount.volume(),
                new DirectoryView(mount.fs(), root.directory()),
                tree(entries),
                root.labels()));
      });
      return layers;
    }
  }
}
