package io.amivet.scan;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.fs.PathLookup;
import io.amivet.plan.PlannedFile;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which files of a mount are read. A file with several names is read under each name that a
 * rule selects, but its contents are searched for tokens once, under that of its names in which
 * most content rules count, so that a second name in an excluded folder hides nothing.
 */
final class Planner {
  /** Source failures after which no more files of the mount are located. */
  private static final int MAX_SOURCE_FAILURES = 100;

  private final Mount mount;
  private final RuleSet rules;
  private final boolean tokens;
  private final SkipLog skips;
  private final SearchedContents searched;
  private int sourceFailures;

  /**
   * @param searched shared by all mounts of a volume
   */
  Planner(Mount mount, RuleSet rules, Depth depth, SkipLog skips, SearchedContents searched) {
    this.searched = searched;
    this.mount = mount;
    this.rules = rules;
    this.tokens = depth.readsAllFiles();
    this.skips = skips;
  }

  ScanPlan plan() {
    Map<Long, FsPath> searchNames = tokens ? searchNamesOfHardLinks() : Map.of();
    List<PlannedFile> files = new ArrayList<>();
    for (FileEntry entry : mount.tree().entries()) {
      Inode inode = entry.inode();
      if (inode.type() == FileType.SYMLINK) {
        addLinked(files, entry);
        continue;
      }
      if (!inode.isRegular() || inode.sizeBytes() == 0) {
        continue;
      }
      String path = mount.mounted(entry.path()).latin1();
      List<Rule> selected = rules.select(path);
      boolean search =
          tokens && searchNames.getOrDefault(inode.number(), entry.path()).equals(entry.path());
      if (selected.isEmpty() && !search) {
        continue;
      }
      if (inode.encrypted()) {
        skips.add(mount, entry.path(), "encrypted contents (fscrypt)");
      } else {
        add(files, entry, path, selected, search);
      }
    }
    return new ScanPlan(files);
  }

  /**
   * A symbolic link where a rule looks leads programs to a file elsewhere, so that file is judged
   * under the link's path, by the rules that do not see it under its own.
   */
  private void addLinked(List<PlannedFile> files, FileEntry link) {
    String path = mount.mounted(link.path()).latin1();
    List<Rule> selected = new ArrayList<>(rules.select(path));
    if (selected.isEmpty()) {
      return;
    }
    try {
      Optional<FileEntry> target = new PathLookup(mount.fs()).findFollowing(link.path());
      if (target.isEmpty() || !isReadable(target.get().inode())) {
        return;
      }
      selected.removeAll(rules.select(mount.mounted(target.get().path()).latin1()));
      if (!selected.isEmpty()) {
        add(files, new FileEntry(link.path(), target.get().inode()), path, selected, false);
      }
    } catch (IOException | InternalError unreadable) {
      // The walk has met the same directory or inode, and said so.
      return;
    }
  }

  private static boolean isReadable(Inode inode) {
    return inode.isRegular() && inode.sizeBytes() > 0 && !inode.encrypted();
  }

  private Map<Long, FsPath> searchNamesOfHardLinks() {
    Comparator<FsPath> order =
        Comparator.comparingInt(this::contentRulesFor)
            .reversed()
            .thenComparing(Comparator.naturalOrder());
    Map<Long, FsPath> best = new HashMap<>();
    for (FileEntry entry : mount.tree().entries()) {
      if (entry.inode().isRegular() && entry.inode().linkCount() > 1) {
        best.merge(
            entry.inode().number(), entry.path(), (a, b) -> order.compare(a, b) <= 0 ? a : b);
      }
    }
    return best;
  }

  private int contentRulesFor(FsPath path) {
    return rules.contentRules(mount.mounted(path).latin1()).size();
  }

  private void add(
      List<PlannedFile> files, FileEntry entry, String path, List<Rule> selected, boolean search) {
    if (sourceFailures >= MAX_SOURCE_FAILURES) {
      skips.add(mount, entry.path(), "not tried: the source failed too often");
      return;
    }
    try {
      FileContent content = mount.fs().content(entry.inode());
      boolean needed = search && searched.needSearch(content, () -> rules.contentRules(path));
      if (needed || !selected.isEmpty()) {
        files.add(new PlannedFile(entry, path, content, selected, needed, position(content)));
      }
    } catch (CorruptImageException e) {
      mount.volume().anomalies().add(e);
      skips.add(mount, entry.path(), String.valueOf(e.getMessage()));
    } catch (UnsupportedFeatureException e) {
      skips.add(mount, entry.path(), String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      sourceFailures++;
      skips.add(mount, entry.path(), SourceFailure.sentence(e));
    }
  }

  private static long position(FileContent content) {
    List<ByteRange> stored = content.storedRanges(0, content.sizeBytes());
    return stored.isEmpty() ? 0 : stored.getFirst().offset();
  }
}
