package io.amivet.scan;

import io.amivet.base.Base;
import io.amivet.finding.Coverage.BaseUse;
import io.amivet.fs.FsPath;
import io.amivet.plan.PlannedFile;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leaves out of a plan what cannot have changed since the base.
 *
 * <p>What rules find in the contents of an unchanged file, they found in the base. Parsers of files
 * that rules name by their paths may look at other files as well, at accounts and settings, so
 * these files are always read. A file in which a report of the base names a finding is scanned
 * again: the report of this scan has all that one of everything would have.
 */
final class SinceBase {
  /** Compares a file with its package: nothing but the file and the databases matter to it. */
  private static final String PACKAGED_FILE = "packaged-file";

  private final Base base;
  private final BaseFiles files;
  private long unchanged;

  SinceBase(Base base, BaseFiles files) {
    this.base = base;
    this.files = files;
  }

  Base base() {
    return base;
  }

  ScanPlan reduced(ScanPlan plan, ScanRoot root) {
    boolean samePackages = files.packagesAreUnchanged(root.mount());
    List<PlannedFile> left = new ArrayList<>();
    for (PlannedFile file : plan.files()) {
      reduced(file, root, samePackages).ifPresent(left::add);
    }
    return new ScanPlan(left);
  }

  private Optional<PlannedFile> reduced(PlannedFile file, ScanRoot root, boolean samePackages) {
    Mount mount = root.mount();
    FsPath onVolume = mount.onVolume(file.entry().path());
    Base.BaseReport report = base.report();
    if ((report != null && report.foundIn().contains(onVolume))
        || !files.isUnchanged(mount, onVolume, file.entry().inode(), file.content())
        || !files.searchIsUnchanged(root, file.mountedPath())) {
      return Optional.of(file);
    }
    unchanged++;
    List<Rule> rules =
        file.rules().stream().filter(rule -> !(samePackages && comparesPackages(rule))).toList();
    return rules.isEmpty() ? Optional.empty() : Optional.of(file.parsedOnly(rules));
  }

  private static boolean comparesPackages(Rule rule) {
    return rule.condition() instanceof Condition.Parsed parsed
        && parsed.parser().equals(PACKAGED_FILE);
  }

  /** What became of the base. */
  BaseUse use() {
    Base.BaseReport report = base.report();
    return new BaseUse(base.id(), report == null ? "" : report.name(), unchanged);
  }
}
