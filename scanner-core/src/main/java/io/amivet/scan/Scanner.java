package io.amivet.scan;

import io.amivet.base.Base;
import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.block.MergedRanges;
import io.amivet.block.Urgency;
import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.finding.Report.RulePackInfo;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.finding.Verdict;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import io.amivet.inside.Inside;
import io.amivet.inside.registry.Formats;
import io.amivet.match.MatchEngine;
import io.amivet.match.MatchStream;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePack;
import io.amivet.rule.RuleSet;
import io.amivet.source.Disk;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole scan, from opened disks to a report. The one place where faults of an image turn
 * into anomalies, skips and unreadable volumes: whatever the image holds, a report comes out.
 *
 * <p>A scan depends on its arguments alone. It never closes the disks.
 */
public final class Scanner {
  private final String toolVersion;
  private final RulePack pack;
  private final RuleSet rules;
  private final MatchEngine engine;
  private final ScanOptions options;
  private final ScanProgress progress;
  private final Clock clock;

  /**
   * @param pack the rules to judge with, those disabled by the user already left out
   * @param rules those of {@code pack} that the profile of {@code options} evaluates
   * @param engine compiled from the content rules of {@code rules}
   */
  public Scanner(
      String toolVersion,
      RulePack pack,
      RuleSet rules,
      MatchEngine engine,
      ScanOptions options,
      ScanProgress progress,
      Clock clock) {
    this.toolVersion = toolVersion;
    this.pack = pack;
    this.rules = rules;
    this.engine = engine;
    this.options = options;
    this.progress = progress;
    this.clock = clock;
  }

  /** The state of one scan on its way. */
  private static final class Run {
    final AnomalyLog diskAnomalies = new AnomalyLog();
    final SkipLog skips = new SkipLog();
    final List<OpenedVolume> volumes = new ArrayList<>();

    /** File systems that are files of others, in the order of their indexes. */
    final List<OpenedVolume> nested = new ArrayList<>();

    final Map<OpenedVolume, FileTree> trees = new LinkedHashMap<>();
    final Map<OpenedVolume, SearchedContents> searched = new HashMap<>();
    final Map<OpenedVolume, AtomicLong> claimedBytes = new HashMap<>();
    final Map<OpenedVolume, Map<String, Integer>> metadataFindings = new HashMap<>();
    final Map<OpenedVolume, MountScan.Result> results = new HashMap<>();
    final Map<String, Duration> timings = new LinkedHashMap<>();
    @Nullable SinceBase sinceBase;
  }

  /**
   * Scans all disks as one target.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Report scan(TargetInfo target, List<Disk> disks) throws InterruptedException {
    return scan(target, disks, null);
  }

  /**
   * Scans all disks as one target, and of the files that are as they were in its base only those
   * that may have something to say all the same.
   *
   * @param base null for a scan of everything
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Report scan(TargetInfo target, List<Disk> disks, @Nullable Base base)
      throws InterruptedException {
    Instant started = clock.instant();
    Run run = new Run();
    timed(run, "open", () -> open(run, disks));
    if (base == null) {
      stream(run, disks);
    }
    timed(run, "walk", () -> walk(run));
    if (base != null) {
      timed(run, "compare", () -> compare(run, disks, base));
    }
    timed(run, "scan", () -> scanFiles(run));
    return report(target, disks, run, started);
  }

  /** Walks the base as well: what has not changed of it is read from the disks of the target. */
  private void compare(Run run, List<Disk> disks, Base base) {
    List<Disk> besides = BaseFiles.beside(disks, base);
    Run earlier = new Run();
    open(earlier, besides);
    walk(earlier);
    ScanRoots roots = new ScanRoots(rules);
    List<ScanRoot> earlierRoots =
        systems(earlier).stream().flatMap(system -> roots.of(system).stream()).toList();
    BaseFiles files =
        BaseFiles.of(base, disks, besides, run.trees.keySet(), earlier.trees, earlierRoots);
    run.sinceBase = new SinceBase(base, files);
  }

  /**
   * Says what a scan would read, by walking as it would. Reads names and inodes, and the few small
   * files that rules are placed by.
   *
   * @throws IOException if it is not known where a disk holds data
   * @throws InterruptedException if the calling thread is interrupted
   */
  public FetchEstimate estimate(List<Disk> disks) throws IOException, InterruptedException {
    List<Disk> recorded = new ArrayList<>();
    List<FetchRecorder> recorders = new ArrayList<>();
    for (Disk disk : disks) {
      FetchRecorder recorder = new FetchRecorder(disk.device());
      recorders.add(recorder);
      recorded.add(new Disk(disk.name(), recorder, disk.statistics(), disk.losses(), disk.tree()));
    }
    Run run = new Run();
    open(run, recorded);
    walk(run);
    recorders.forEach(FetchRecorder::plan);
    stream(run, disks);
    List<MountWork> work = mountWork(run, (_, _) -> {});
    boolean raw = options.depth() == Depth.FORENSIC;
    return new FetchEstimate(
        options.depth(),
        recorders.stream().mapToLong(FetchRecorder::blocks).sum(),
        recorders.stream().mapToLong(FetchRecorder::heldBlocks).sum(),
        recorders.stream().mapToLong(disk -> raw ? disk.heldBlocks() : disk.neededBlocks()).sum(),
        work.stream().mapToLong(one -> one.plan().files().size()).sum(),
        run.trees.values().stream().allMatch(FileTree::complete)
            && run.volumes.stream().allMatch(Scanner::isReadOrEmpty));
  }

  private static boolean isReadOrEmpty(OpenedVolume volume) {
    return volume.fs() != null || !volume.volume().holdsData();
  }

  private interface Stage {
    void run() throws InterruptedException;
  }

  private void timed(Run run, String name, Stage stage) throws InterruptedException {
    Instant start = clock.instant();
    stage.run();
    run.timings.put(name, Duration.between(start, clock.instant()));
  }

  private void open(Run run, List<Disk> disks) {
    run.volumes.addAll(VolumeOpener.open(disks, options.journal(), run.diskAnomalies).volumes());
  }

  /**
   * What is in use of a file system is nearly all read by a scan of all files, so a remote disk
   * starts to stream it at once; the walk, which waits for single blocks, has the right of way.
   */
  private void stream(Run run, List<Disk> disks) {
    boolean allFiles = options.depth().readsAllFiles() && options.onlyPaths() == null;
    if (!allFiles || disks.stream().noneMatch(Disk::isRemote)) {
      return;
    }
    for (OpenedVolume volume : run.volumes) {
      FileSystemView fs = volume.fs();
      if (fs != null) {
        fs.volume().prefetch(inUse(fs), Urgency.EVENTUALLY);
      }
    }
  }

  private static List<ByteRange> inUse(FileSystemView fs) {
    try {
      MergedRanges used = new MergedRanges();
      long end = 0;
      for (ByteRange free : fs.freeRanges()) {
        used.add(end, free.offset() - end);
        end = free.end();
      }
      used.add(end, fs.volume().sizeBytes() - end);
      return used.toList();
    } catch (IOException | InternalError unknown) {
      // Then the plan asks for what it needs, after the walk.
      return List.of();
    }
  }

  private void walk(Run run) {
    run.volumes.replaceAll(volume -> walk(run, volume));
    int firstIndex = 1;
    for (OpenedVolume volume : run.volumes) {
      firstIndex = Math.max(firstIndex, volume.volume().index() + 1);
    }
    NestedVolumes finder = new NestedVolumes(options.journal(), firstIndex, run.skips);
    List<OpenedVolume> level = List.copyOf(run.trees.keySet());
    for (int depth = 1; !level.isEmpty(); depth++) {
      List<OpenedVolume> next = new ArrayList<>();
      for (OpenedVolume container : level) {
        FileTree tree = run.trees.get(container);
        if (tree != null) {
          finder.in(container, tree, depth).forEach(one -> next.add(walk(run, one)));
        }
      }
      run.nested.addAll(next);
      level = next;
    }
  }

  /** Walks a volume that has a file system; one that cannot be walked is unreadable. */
  private OpenedVolume walk(Run run, OpenedVolume volume) {
    if (volume.fs() == null) {
      return volume;
    }
    try {
      Predicate<FsPath> enters =
          options.depth().readsAllFiles() ? _ -> true : new QuickPaths(rules);
      run.trees.put(volume, TreeWalk.walk(volume.fs(), volume.anomalies(), enters));
      return volume;
    } catch (IOException | InternalError e) {
      String reason = SourceFailure.sentence(e);
      volume.anomalies().add(new Anomaly("volume.walk", reason, -1));
      return volume.failed(VolumeState.UNREADABLE, reason);
    }
  }

  /** A package or a live image is a system of its own; its fstab says nothing of the disks. */
  private static List<SystemImage> systems(Run run) {
    Map<OpenedVolume, FileTree> onDisks = new LinkedHashMap<>(run.trees);
    onDisks.keySet().removeAll(run.nested);
    List<SystemImage> systems = new ArrayList<>(Systems.assemble(onDisks));
    for (OpenedVolume nested : run.nested) {
      FileTree tree = run.trees.get(nested);
      if (tree != null) {
        systems.addAll(Systems.assemble(Map.of(nested, tree)));
      }
    }
    return systems;
  }

  private void scanFiles(Run run) throws InterruptedException {
    FindingBuilder builder = new FindingBuilder(options);
    List<MountWork> work =
        mountWork(
            run,
            (root, plan) -> {
              progress.plan(plan.diskBytes());
              run.results.merge(
                  root.mount().volume(),
                  metadata(run, root, builder).run(),
                  MountScan.Result::plus);
            });
    if (options.depth() == Depth.FORENSIC) {
      run.volumes.forEach(volume -> scanRaw(run, volume, builder));
    }
    Inside inside = new Inside(Formats.all(), options.inside());
    int threads = Runtime.getRuntime().availableProcessors();
    for (MountWork one : work) {
      ScanRoot root = one.root();
      MountScan scan =
          new MountScan(
              root.mount(),
              root.image(),
              root.rules(),
              engine,
              inside,
              builder,
              run.skips,
              progress,
              run.claimedBytes.computeIfAbsent(root.mount().volume(), _ -> new AtomicLong()));
      run.results.merge(
          root.mount().volume(), scan.run(one.plan(), threads), MountScan.Result::plus);
    }
  }

  /** Takes each root with its plan as soon as there is one. */
  private interface Planned {
    void accept(ScanRoot root, ScanPlan plan);
  }

  /** Plans every root; a remote disk is asked for the one while the next is planned. */
  private List<MountWork> mountWork(Run run, Planned planned) {
    List<MountWork> work = new ArrayList<>();
    ScanRoots roots = new ScanRoots(rules);
    for (SystemImage system : systems(run)) {
      for (ScanRoot root : roots.of(system)) {
        ScanPlan plan = plan(run, root);
        plan.prefetch(root.mount().fs().volume());
        planned.accept(root, plan);
        work.add(new MountWork(root, plan));
      }
    }
    return work;
  }

  private void scanRaw(Run run, OpenedVolume volume, FindingBuilder builder) {
    VolumeState state = volume.volume().state();
    boolean unread = state == VolumeState.UNSUPPORTED || state == VolumeState.UNREADABLE;
    if (volume.fs() == null && !unread) {
      return;
    }
    List<Rule> everywhere =
        rules.contentRules().stream().filter(rule -> rule.paths().isEmpty()).toList();
    RawScan.Result raw;
    try (MatchStream tokens = engine.open()) {
      raw = new RawScan(volume, everywhere, tokens, builder, progress).run();
    }
    for (String problem : raw.problems()) {
      run.skips.add(volume.volume().index(), FsPath.ROOT, problem);
    }
    run.results.merge(
        volume, new MountScan.Result(raw.findings(), 0, raw.bytes()), MountScan.Result::plus);
  }

  private static MetadataScan metadata(Run run, ScanRoot root, FindingBuilder builder) {
    Map<String, Integer> counts =
        run.metadataFindings.computeIfAbsent(root.mount().volume(), _ -> new HashMap<>());
    return new MetadataScan(root.mount(), root.rules(), builder, run.skips, counts);
  }

  private record MountWork(ScanRoot root, ScanPlan plan) {}

  private ScanPlan plan(Run run, ScanRoot root) {
    Mount mount = root.mount();
    SearchedContents searched =
        run.searched.computeIfAbsent(mount.volume(), _ -> new SearchedContents());
    ScanPlan plan = new Planner(mount, root.rules(), options.depth(), run.skips, searched).plan();
    Set<FsPath> only = options.onlyPaths();
    if (only != null) {
      // After the planning, so that a file with many names is searched under the same as ever.
      plan = plan.of(file -> only.contains(mount.onVolume(file.entry().path())));
    }
    SinceBase sinceBase = run.sinceBase;
    return sinceBase == null ? plan : sinceBase.reduced(plan, root);
  }

  private Report report(TargetInfo target, List<Disk> disks, Run run, Instant started) {
    CoverageBuilder builder = new CoverageBuilder(run.skips);
    SinceBase sinceBase = run.sinceBase;
    if (sinceBase != null) {
      builder.add(sinceBase.base(), sinceBase.use());
    }
    List<OpenedVolume> all = new ArrayList<>(run.volumes);
    all.addAll(run.nested);
    for (OpenedVolume volume : all) {
      builder.add(volume, run.trees.get(volume), run.results.get(volume));
    }
    Coverage coverage = builder.build(disks, run.diskAnomalies);
    List<Finding> findings = new ArrayList<>();
    run.results.values().forEach(result -> findings.addAll(result.findings()));
    LayerCopies.merge(findings);
    findings.sort(
        Comparator.comparing(Finding::severity)
            .thenComparingInt(Finding::volume)
            .thenComparing(Finding::path)
            .thenComparing(finding -> finding.rule().id())
            .thenComparingLong(Finding::offset)
            .thenComparing(Finding::id));
    return new Report(
        toolVersion,
        target,
        started,
        clock.instant(),
        new RulePackInfo(pack.version(), pack.digest(), pack.rules().size()),
        options.profile(),
        options.depth().label(),
        options.failOn(),
        Verdict.of(findings, options.failOn(), builder.reasons()),
        coverage,
        findings,
        builder.reasons(),
        run.timings);
  }
}
