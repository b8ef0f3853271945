package io.amivet.scan;

import io.amivet.base.Base;
import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.finding.Coverage;
import io.amivet.finding.Coverage.BaseUse;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Coverage.VolumeAnomaly;
import io.amivet.finding.Coverage.VolumeCoverage;
import io.amivet.fs.FileTree;
import io.amivet.fs.JournalState;
import io.amivet.source.Disk;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what was read and what was not, and says why the whole is incomplete if it is. */
final class CoverageBuilder {
  /** Not in the order of discovery, which depends on threads; unknown offsets (-1) come last. */
  private static final Comparator<Anomaly> ORDER =
      Comparator.comparing(Anomaly::code)
          .thenComparing(Anomaly::imageOffset, Long::compareUnsigned)
          .thenComparing(Anomaly::message);

  private final SkipLog skips;
  private final List<VolumeCoverage> volumes = new ArrayList<>();
  private final List<VolumeAnomaly> anomalies = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private Optional<BaseUse> base = Optional.empty();
  private BlockStatistics ofBase = BlockStatistics.NONE;

  CoverageBuilder(SkipLog skips) {
    this.skips = skips;
  }

  /** That files of a base were left out, and what that has cost. */
  void add(Base used, BaseUse use) {
    base = Optional.of(use);
    for (Disk disk : used.disks()) {
      ofBase = ofBase.plus(disk.statistics().get());
      disk.losses().get().forEach(loss -> reasons.add("base " + disk.name() + ": " + loss));
    }
    Base.BaseReport report = used.report();
    if (report != null && !report.complete()) {
      reasons.add("the report of the base, " + report.name() + ", had not seen all of it");
    }
  }

  /**
   * @param tree null if the volume was not walked
   * @param result null if its files were not scanned
   */
  void add(OpenedVolume opened, @Nullable FileTree tree, MountScan.@Nullable Result result) {
    Volume volume = opened.volume();
    int before = reasons.size();
    judge(opened, tree);
    long directories =
        tree == null
            ? 0
            : tree.entries().stream().filter(entry -> entry.inode().isDirectory()).count();
    volumes.add(
        new VolumeCoverage(
            volume,
            opened.disk(),
            opened.fs() == null ? JournalState.NONE : opened.fs().journal(),
            tree == null ? 0 : tree.entries().size() - directories,
            directories,
            result == null ? 0 : result.filesScanned(),
            result == null ? 0 : result.bytesScanned(),
            reasons.size() == before));
    opened.anomalies().toList().stream()
        .sorted(ORDER)
        .forEach(anomaly -> anomalies.add(of(volume.index(), anomaly)));
  }

  private void judge(OpenedVolume opened, @Nullable FileTree tree) {
    Volume volume = opened.volume();
    String name = "volume " + volume.index() + " (" + volume.name() + ")";
    if (volume.state() != VolumeState.READ) {
      if (volume.holdsData()) {
        String contents = volume.contents().isEmpty() ? "" : volume.contents() + ", ";
        reasons.add(name + " is " + volume.state().label() + ": " + contents + volume.reason());
      }
      return;
    }
    if (!volume.reason().isEmpty()) {
      reasons.add(name + ": " + volume.reason());
    }
    if (opened.fs() != null) {
      opened.fs().staleReason().ifPresent(reason -> reasons.add(name + ": " + reason));
      if (volume.reason().isEmpty() && opened.fs().sizeBytes() > opened.fs().volume().sizeBytes()) {
        reasons.add(name + ": the image ends before the file system does");
      }
    }
    if (tree != null && !tree.complete()) {
      reasons.add(name + ": the directory tree is damaged: " + damaged(tree.unreadable().size()));
    }
    long skipped = skips.count(volume.index());
    if (skipped > 0) {
      reasons.add(
          name + ": " + skipped + (skipped == 1 ? " file" : " files") + " not read in full");
    }
  }

  private static String damaged(int paths) {
    return switch (paths) {
      case 0 -> "it goes on beyond what is walked";
      case 1 -> "1 path could not be read wholly";
      default -> paths + " paths could not be read wholly";
    };
  }

  /** One sentence for each reason why the coverage is incomplete; empty if it is complete. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** Zeros on one disk say that there is nothing; a target of nothing else is no image at all. */
  private boolean sawNoFileSystem() {
    return volumes.stream().noneMatch(one -> one.volume().state() == VolumeState.READ);
  }

  Coverage build(List<Disk> disks, AnomalyLog diskAnomalies) {
    List<VolumeAnomaly> all = new ArrayList<>();
    for (Anomaly anomaly : diskAnomalies.toList()) {
      all.add(of(0, anomaly));
    }
    all.addAll(anomalies);
    BlockStatistics blocks = BlockStatistics.NONE;
    for (Disk disk : disks) {
      blocks = blocks.plus(disk.statistics().get());
      disk.losses().get().forEach(loss -> reasons.add(disk.name() + ": " + loss));
    }
    if (reasons.isEmpty() && sawNoFileSystem()) {
      reasons.add("no file system that amivet reads was found");
    }
    BlockStatistics traffic = blocks.plusTraffic(ofBase);
    return new Coverage(volumes, skips.toList(), skips.total(), all, traffic, base);
  }

  private static VolumeAnomaly of(int volume, Anomaly anomaly) {
    return new VolumeAnomaly(volume, anomaly.code(), anomaly.message(), anomaly.imageOffset());
  }
}
