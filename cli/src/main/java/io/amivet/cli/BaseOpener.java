package io.amivet.cli;

import io.amivet.base.Base;
import io.amivet.base.Base.BaseReport;
import io.amivet.base.ComparedBytes;
import io.amivet.base.DiskChanges;
import io.amivet.base.ListedChanges;
import io.amivet.cache.BlockCache;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.fs.FsPath;
import io.amivet.rule.RulePack;
import io.amivet.saved.SavedReport;
import io.amivet.saved.SavedReport.SavedFinding;
import io.amivet.scan.Depth;
import io.amivet.source.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a target beside an earlier state of it, disk by disk. */
final class BaseOpener {
  private BaseOpener() {}

  /**
   * Finds out in which blocks the disks differ.
   *
   * @param base opened; the caller closes it
   * @throws CommandFailure if the two cannot be compared, or the report is not one of this base by
   *     these rules
   */
  static Base of(
      BaseRequest request, OpenedDisks base, OpenedDisks target, RulePack pack, ScanRequest scan)
      throws IOException {
    List<DiskChanges> changes = new ArrayList<>();
    int pairs = Math.min(base.disks().size(), target.disks().size());
    for (int i = 0; i < pairs; i++) {
      changes.add(changes(base.disks().get(i), target.disks().get(i)));
    }
    return new Base(
        request.target(), base.disks(), changes, report(request.report(), base.info(), pack, scan));
  }

  private static DiskChanges changes(Disk base, Disk disk) throws IOException {
    long sizeBytes = Math.min(base.device().sizeBytes(), disk.device().sizeBytes());
    if (base.device() instanceof BlockCache earlier && disk.device() instanceof BlockCache cache) {
      Optional<BitSet> listed = cache.changedSince(base.name());
      if (listed.isPresent()) {
        cache.readUnchangedFrom(earlier, listed.get());
        return new ListedChanges(listed.get(), cache.chunkSizeBytes(), sizeBytes);
      }
    } else if (!base.isRemote() && !disk.isRemote() && base.tree() == null && disk.tree() == null) {
      return new ComparedBytes(base.device(), disk.device());
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "--base: "
            + disk.name()
            + " and "
            + base.name()
            + " cannot be compared; give a snapshot or an AMI for one of AWS, and a disk image for"
            + " a disk image");
  }

  private static @Nullable BaseReport report(
      @Nullable Path file, TargetInfo base, RulePack pack, ScanRequest scan) throws CommandFailure {
    if (file == null) {
      return null;
    }
    SavedReport report = SavedReports.read(file);
    if (!report.disks().equals(base.disks())) {
      throw unfit(file, "it is of " + String.join(", ", report.disks()) + ", not of " + base.id());
    }
    if (!report.rulePackDigest().equals(pack.digest()) || report.rules() != pack.rules().size()) {
      throw unfit(
          file, "other rules judged in it; scan the base again, or this target without --base");
    }
    if (report.profile() != scan.profile()) {
      throw unfit(file, "it is for the profile " + report.profile().label());
    }
    if (!report.depth().equals(Depth.FULL.label())
        && !report.depth().equals(Depth.FORENSIC.label())) {
      throw unfit(file, "it is of a " + report.depth() + " scan, which does not see all files");
    }
    Set<FsPath> foundIn =
        Stream.concat(report.findings().stream(), report.suppressed().stream())
            .map(SavedFinding::path)
            .collect(Collectors.toSet());
    return new BaseReport(file.toString(), foundIn, report.complete());
  }

  private static CommandFailure unfit(Path file, String why) {
    return new CommandFailure(ExitCode.USAGE, "--base-report " + file + " does not fit: " + why);
  }
}
