package io.amivet.scan;

import io.amivet.artifact.PackageIndex;
import io.amivet.base.Base;
import io.amivet.base.BaseDevice;
import io.amivet.base.DiskChanges;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.rule.RuleSet;
import io.amivet.source.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which files of a target are what they were in its base. A file is if it has the same path,
 * an inode that says the same, and contents that lie at the same places of the disks, of which no
 * byte differs: whoever changes contents behind the back of the inode is found out.
 */
final class BaseFiles {
  private final Base base;
  private final IdentityHashMap<BlockDevice, Integer> targetDisks;
  private final IdentityHashMap<BlockDevice, Integer> baseDisks;
  private final Map<OpenedVolume, Counterpart> counterparts = new HashMap<>();

  /**
   * A volume of the base.
   *
   * @param inodes by the paths of their entries
   * @param rules those that were asked below each directory that was a root of its own
   */
  private record Counterpart(
      FileSystemView fs, Map<FsPath, Inode> inodes, Map<FsPath, RuleSet> rules) {}

  /** A stretch of a disk of which both sides say that it is theirs. */
  private record Piece(int disk, long offset, long lengthBytes) {}

  private BaseFiles(Base base, List<Disk> disks, List<Disk> seenThroughDisks) {
    this.base = base;
    this.targetDisks = numbered(disks);
    this.baseDisks = numbered(seenThroughDisks);
  }

  private static IdentityHashMap<BlockDevice, Integer> numbered(List<Disk> disks) {
    IdentityHashMap<BlockDevice, Integer> numbers = new IdentityHashMap<>();
    for (Disk disk : disks) {
      numbers.put(disk.device(), numbers.size());
    }
    return numbers;
  }

  /**
   * The disks of a base as they are to be read beside those of the target.
   *
   * @param disks of the target
   */
  static List<Disk> beside(List<Disk> disks, Base base) {
    List<Disk> seen = new ArrayList<>();
    for (int i = 0; i < base.changes().size(); i++) {
      Disk own = base.disks().get(i);
      BlockDevice device =
          new BaseDevice(own.device(), disks.get(i).device(), base.changes().get(i));
      seen.add(new Disk(own.name(), device, own.statistics(), own.losses(), own.tree()));
    }
    return seen;
  }

  /**
   * Pairs the volumes of both sides: those of disks by their numbers, file systems in files by
   * where they lie.
   *
   * @param target the volumes that were walked
   * @param earlier likewise, read from the disks that {@link #beside} gave
   * @param earlierRoots where paths of rules begin in these
   */
  static BaseFiles of(
      Base base,
      List<Disk> disks,
      List<Disk> besides,
      Set<OpenedVolume> target,
      Map<OpenedVolume, FileTree> earlier,
      List<ScanRoot> earlierRoots) {
    BaseFiles files = new BaseFiles(base, disks, besides);
    Map<String, OpenedVolume> known = new HashMap<>();
    earlier.keySet().forEach(volume -> known.put(key(volume), volume));
    for (OpenedVolume volume : target) {
      OpenedVolume other = known.get(key(volume));
      FileTree tree = other == null ? null : earlier.get(other);
      if (other != null && other.fs() != null && tree != null) {
        Map<FsPath, Inode> inodes = new HashMap<>();
        tree.entries().forEach(entry -> inodes.put(entry.path(), entry.inode()));
        Map<FsPath, RuleSet> rules = new HashMap<>();
        earlierRoots.stream()
            .filter(root -> root.mount().volume().equals(other))
            .forEach(root -> rules.put(root.mount().top(), root.rules()));
        files.counterparts.put(volume, new Counterpart(other.fs(), inodes, rules));
      }
    }
    return files;
  }

  private static String key(OpenedVolume volume) {
    boolean nested = volume.volume().kind().equals(NestedVolumes.KIND);
    return nested ? volume.volume().name() : Integer.toString(volume.volume().index());
  }

  /**
   * Whether a file is unchanged.
   *
   * @param onVolume its path from the root of the volume
   * @param content where its contents lie on the volume
   */
  boolean isUnchanged(Mount mount, FsPath onVolume, Inode inode, FileContent content) {
    Counterpart other = counterparts.get(mount.volume());
    Inode before = other == null ? null : other.inodes().get(onVolume);
    if (other == null || before == null || !saysTheSame(before, inode)) {
      return false;
    }
    try {
      return areSame(other.fs().content(before), content)
          && contentsAreTheSame(mount.fs().volume(), other.fs().volume(), content);
    } catch (IOException | InternalError unreadable) {
      // Then it is for the scan of the file to say so.
      return false;
    }
  }

  private static boolean areSame(FileContent before, FileContent now) {
    if (before instanceof FileContent.Inline(byte[] then)
        && now instanceof FileContent.Inline(byte[] bytes)) {
      return Arrays.equals(then, bytes);
    }
    return before.equals(now);
  }

  /** All but when it was last read. */
  private static boolean saysTheSame(Inode before, Inode now) {
    return before.number() == now.number()
        && before.type() == now.type()
        && before.mode() == now.mode()
        && before.uid() == now.uid()
        && before.gid() == now.gid()
        && before.linkCount() == now.linkCount()
        && before.sizeBytes() == now.sizeBytes()
        && before.modified().equals(now.modified())
        && before.changed().equals(now.changed())
        && before.encrypted() == now.encrypted();
  }

  private boolean contentsAreTheSame(BlockDevice volume, BlockDevice before, FileContent content)
      throws IOException {
    for (ByteRange range : content.storedRanges(0, content.sizeBytes())) {
      List<Piece> here = pieces(volume, range, targetDisks);
      if (here.isEmpty() || !here.equals(pieces(before, range, baseDisks))) {
        return false;
      }
      for (Piece piece : here) {
        DiskChanges changes = base.changes().get(piece.disk());
        if (!changes.isUnchanged(piece.offset(), piece.lengthBytes())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where a range of a volume lies; empty if not all of it lies on disks that have been paired. */
  private List<Piece> pieces(
      BlockDevice volume, ByteRange range, IdentityHashMap<BlockDevice, Integer> disks) {
    List<Piece> pieces = new ArrayList<>();
    boolean[] lost = {range.offset() > volume.sizeBytes() - range.length()};
    if (!lost[0]) {
      volume.places(
          range.offset(),
          range.length(),
          (device, offset, lengthBytes) -> {
            int disk = disks.getOrDefault(device, Integer.MAX_VALUE);
            lost[0] |= disk >= base.changes().size();
            pieces.add(new Piece(disk, offset, lengthBytes));
          });
    }
    return lost[0] ? List.of() : pieces;
  }

  /** Whether the package databases of a root are what they were, so that they say the same. */
  boolean packagesAreUnchanged(Mount mount) {
    Counterpart other = counterparts.get(mount.volume());
    if (other == null) {
      return false;
    }
    Set<FsPath> here = new HashSet<>();
    for (FileEntry entry : mount.tree().entries()) {
      if (PackageIndex.dependsOn(mount.mounted(entry.path()).latin1())) {
        FsPath onVolume = mount.onVolume(entry.path());
        if (!isUnchanged(mount, onVolume, entry.inode(), other)) {
          return false;
        }
        here.add(onVolume);
      }
    }
    return other.inodes().keySet().stream()
        .filter(path -> path.startsWith(mount.top()) && !here.contains(path))
        .noneMatch(path -> PackageIndex.dependsOn(mount.mounted(mount.fromVolume(path)).latin1()));
  }

  /** Whether the same rules search a file as before: homes may have come or gone. */
  boolean searchIsUnchanged(ScanRoot root, String mountedPath) {
    Counterpart other = counterparts.get(root.mount().volume());
    RuleSet before = other == null ? null : other.rules().get(root.mount().top());
    return before != null
        && (before.hasSameHomes(root.rules())
            || before.contentRules(mountedPath).equals(root.rules().contentRules(mountedPath)));
  }

  private boolean isUnchanged(Mount mount, FsPath onVolume, Inode inode, Counterpart other) {
    if (inode.isDirectory()) {
      Inode before = other.inodes().get(onVolume);
      return before != null && before.isDirectory();
    }
    try {
      return isUnchanged(mount, onVolume, inode, mount.fs().content(inode));
    } catch (IOException | InternalError unreadable) {
      return false;
    }
  }
}
