package io.amivet.scan;

import io.amivet.block.AnomalyLog;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Fingerprint;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.inside.Inside;
import io.amivet.inside.InsideLimits;
import io.amivet.inside.registry.Formats;
import io.amivet.match.JavaMatchEngine;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.PathPattern;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.RuleSet;
import io.amivet.rule.Severity;
import io.amivet.source.Disk;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Mounts, rules and plans over file systems in memory. */
final class ScanBed {
  /** Fires on {@code token-} and six letters, anywhere but below {@code /usr/share/doc}. */
  static final Rule TOKEN =
      rule(
          "TEST-001",
          List.of(),
          List.of(new PathPattern("/usr/share/doc/**")),
          new Condition.Content("token-([a-z]{6})", List.of("token-"), 0, List.of()));

  static final Disk DISK =
      new Disk(
          "disk",
          new MemoryDevice("disk", new byte[512]),
          () -> BlockStatistics.NONE,
          List::<String>of);

  final SkipLog skips = new SkipLog();

  static Rule exists(String id, String glob) {
    return rule(id, List.of(new PathPattern(glob)), List.of(), new Condition.Exists(0));
  }

  private static Rule rule(
      String id, List<PathPattern> paths, List<PathPattern> excluded, Condition condition) {
    return new Rule(
        id,
        "title",
        "description",
        "test",
        Map.of(Profile.PUBLISH, Severity.HIGH),
        paths,
        excluded,
        condition,
        "remediation",
        List.of(),
        new Rule.Examples(List.of(), List.of()));
  }

  static RuleSet rules(Rule... rules) {
    return new RuleSet(List.of(rules), List.of(), Profile.PUBLISH);
  }

  static Volume volume(int index, String label, String uuid, VolumeState state, String reason) {
    return new Volume(
        index,
        new MemoryDevice("volume", new byte[512]),
        "linux-filesystem",
        "p" + index,
        state == VolumeState.ENCRYPTED ? "crypto_LUKS" : "memory",
        label,
        uuid,
        state,
        reason,
        state != VolumeState.EMPTY,
        null);
  }

  static OpenedVolume opened(int index, FileSystemView fs, String label, String uuid) {
    Volume volume = volume(index, label, uuid, VolumeState.READ, "");
    return new OpenedVolume(DISK.name(), volume, fs, new AnomalyLog());
  }

  static Mount mount(String point, int index, MemoryFileSystem fs) throws IOException {
    OpenedVolume volume = opened(index, fs, "", "");
    return new Mount(
        FsPath.of(point), FsPath.ROOT, volume, fs, TreeWalk.walk(fs, volume.anomalies()));
  }

  static Mount mount(MemoryFileSystem fs) throws IOException {
    return mount("/", 1, fs);
  }

  static SystemImage image(Mount... mounts) {
    return new SystemImage(List.of(mounts), null);
  }

  ScanPlan plan(Mount mount, Depth depth, Rule... rules) {
    return new Planner(mount, rules(rules), depth, skips, new SearchedContents()).plan();
  }

  MountScan.Result scan(Mount mount, int threads, Rule... rules) throws InterruptedException {
    List<Rule> content =
        Stream.of(rules).filter(rule -> rule.condition() instanceof Condition.Content).toList();
    return new MountScan(
            mount,
            image(mount),
            rules(rules),
            new JavaMatchEngine(content),
            new Inside(Formats.all(), InsideLimits.STANDARD),
            builder(),
            skips,
            new ScanProgress(),
            new AtomicLong())
        .run(plan(mount, Depth.FULL, rules), threads);
  }

  static FindingBuilder builder() {
    return new FindingBuilder(
        new ScanOptions(
            Profile.PUBLISH,
            Depth.FULL,
            Severity.HIGH,
            io.amivet.fs.JournalMode.REPLAY,
            InsideLimits.STANDARD,
            Fingerprint.withDefaultKey()));
  }
}
