package io.amivet.scan;

import io.amivet.finding.Finding;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.rule.FileStatus;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSet.RuleMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges every entry of a mount by its type, mode, owner and link target. Works on what the walk
 * brought; reads nothing but the targets of the few links that a rule asks about.
 */
final class MetadataScan {
  /** Findings of one rule on one volume; the rest is counted. */
  static final int MAX_FINDINGS_OF_RULE = 1_000;

  private final Mount mount;
  private final RuleSet rules;
  private final FindingBuilder findings;
  private final SkipLog skips;
  private final Map<String, Integer> countByRule;

  /**
   * @param countByRule findings on the volume so far, by rule id; shared by all mounts of it
   */
  MetadataScan(
      Mount mount,
      RuleSet rules,
      FindingBuilder findings,
      SkipLog skips,
      Map<String, Integer> countByRule) {
    this.mount = mount;
    this.rules = rules;
    this.findings = findings;
    this.skips = skips;
    this.countByRule = countByRule;
  }

  MountScan.Result run() {
    List<Finding> found = new ArrayList<>();
    Map<String, Integer> leftOut = new HashMap<>();
    for (FileEntry entry : mount.tree().entries()) {
      for (RuleMatch match :
          rules.judge(() -> mount.mounted(entry.path()).latin1(), new EntryStatus(entry))) {
        if (countByRule.merge(match.rule().id(), 1, Integer::sum) <= MAX_FINDINGS_OF_RULE) {
          found.add(findings.build(mount, entry, match));
        } else {
          leftOut.merge(match.rule().id(), 1, Integer::sum);
        }
      }
    }
    leftOut.forEach((rule, count) ->
        skips.add(mount, FsPath.ROOT, "not listed: " + count + " more findings of " + rule));
    return new MountScan.Result(found, 0, 0);
  }

  private final class EntryStatus implements FileStatus {
    private final FileEntry entry;

    EntryStatus(FileEntry entry) {
      this.entry = entry;
    }

    private Inode inode() {
      return entry.inode();
    }

    @Override
    public Type type() {
      return switch (inode().type()) {
        case REGULAR -> Type.FILE;
        case DIRECTORY -> Type.DIRECTORY;
        case SYMLINK -> Type.SYMLINK;
        case CHAR -> Type.CHAR;
        case BLOCK -> Type.BLOCK;
        case FIFO -> Type.FIFO;
        case SOCKET -> Type.SOCKET;
        case UNKNOWN -> Type.UNKNOWN;
      };
    }

    @Override
    public int mode() {
      return inode().mode();
    }

    @Override
    public long uid() {
      return inode().uid();
    }

    @Override
    public long gid() {
      return inode().gid();
    }

    @Override
    public String target() {
      if (inode().type() != FileType.SYMLINK) {
        return "";
      }
      try {
        return new String(mount.fs().symlinkTarget(inode()), StandardCharsets.ISO_8859_1);
      } catch (IOException | InternalError unreadable) {
        skips.add(mount, entry.path(), SourceFailure.sentence(unreadable));
        return "";
      }
    }
  }
}
