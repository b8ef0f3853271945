package io.amivet.scan;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.plan.PlannedFile;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which files of a mount are read. A file with several names is read under each name that a
 * rule selects, but its contents are searched for tokens once, under the first of its names.
 */
final class Planner {
  private final Mount mount;
  private final RuleSet rules;
  private final boolean tokens;
  private final SkipLog skips;

  Planner(Mount mount, RuleSet rules, Depth depth, SkipLog skips) {
    this.mount = mount;
    this.rules = rules;
    this.tokens = depth == Depth.FULL;
    this.skips = skips;
  }

  ScanPlan plan() throws IOException {
    Map<Long, FsPath> firstNames = tokens ? firstNamesOfHardLinks() : Map.of();
    List<PlannedFile> files = new ArrayList<>();
    for (FileEntry entry : mount.tree().entries()) {
      Inode inode = entry.inode();
      if (!inode.isRegular() || inode.sizeBytes() == 0) {
        continue;
      }
      String path = mount.mounted(entry.path()).latin1();
      List<Rule> selected = rules.select(path);
      boolean search =
          tokens && firstNames.getOrDefault(inode.number(), entry.path()).equals(entry.path());
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

  private Map<Long, FsPath> firstNamesOfHardLinks() {
    Map<Long, FsPath> first = new HashMap<>();
    for (FileEntry entry : mount.tree().entries()) {
      if (entry.inode().isRegular() && entry.inode().linkCount() > 1) {
        first.merge(entry.inode().number(), entry.path(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
    return first;
  }

  private void add(
      List<PlannedFile> files, FileEntry entry, String path, List<Rule> selected, boolean search)
      throws IOException {
    try {
      FileContent content = mount.fs().content(entry.inode());
      files.add(new PlannedFile(entry, path, content, selected, search, position(content)));
    } catch (CorruptImageException e) {
      mount.volume().anomalies().add(e);
      skips.add(mount, entry.path(), String.valueOf(e.getMessage()));
    } catch (UnsupportedFeatureException e) {
      skips.add(mount, entry.path(), String.valueOf(e.getMessage()));
    }
  }

  private static long position(FileContent content) {
    if (content instanceof FileContent.Mapped mapped) {
      for (Extent extent : mapped.extents()) {
        if (!extent.unwritten()) {
          return extent.volumeOffset();
        }
      }
    }
    return 0;
  }
}
