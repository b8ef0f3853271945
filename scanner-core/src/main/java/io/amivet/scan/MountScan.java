package io.amivet.scan;

import io.amivet.artifact.ImageView;
import io.amivet.finding.Finding;
import io.amivet.inside.Inside;
import io.amivet.match.MatchEngine;
import io.amivet.match.MatchStream;
import io.amivet.plan.PlannedFile;
import io.amivet.plan.ReadBudget;
import io.amivet.plan.ScanPlan;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSet.RuleMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries out the plan of one mount with a few threads, in the order of the disk. A file that
 * cannot be read is skipped and said; a source that fails for file after file ends the mount.
 */
final class MountScan {
  /** Source failures after which the rest of the mount is given up. */
  private static final int MAX_SOURCE_FAILURES = 100;

  private final Mount mount;
  private final ImageView image;
  private final RuleSet rules;
  private final MatchEngine engine;
  private final Inside inside;
  private final FindingBuilder findings;
  private final SkipLog skips;
  private final ScanProgress progress;
  private final AtomicLong claimedBytes;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger sourceFailures = new AtomicInteger();
  private final LongAdder filesScanned = new LongAdder();
  private final LongAdder bytesScanned = new LongAdder();

  /**
   * @param claimedBytes what all mounts of the volume read, counted against its budget
   */
  MountScan(
      Mount mount,
      ImageView image,
      RuleSet rules,
      MatchEngine engine,
      Inside inside,
      FindingBuilder findings,
      SkipLog skips,
      ScanProgress progress,
      AtomicLong claimedBytes) {
    this.mount = mount;
    this.image = image;
    this.rules = rules;
    this.engine = engine;
    this.inside = inside;
    this.findings = findings;
    this.skips = skips;
    this.progress = progress;
    this.claimedBytes = claimedBytes;
  }

  /**
   * What came out of one mount.
   *
   * @param filesScanned files that were judged completely
   * @param bytesScanned their bytes on disk
   */
  record Result(List<Finding> findings, long filesScanned, long bytesScanned) {
    Result plus(Result other) {
      List<Finding> both = new ArrayList<>(findings);
      both.addAll(other.findings);
      return new Result(both, filesScanned + other.filesScanned, bytesScanned + other.bytesScanned);
    }
  }

  Result run(ScanPlan plan, int mostThreads) throws InterruptedException {
    // A layer of a container is often a file or two.
    int threads = Math.min(mostThreads, plan.files().size());
    if (threads == 0) {
      return new Result(List.of(), 0, 0);
    }
    List<Finding> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<List<Finding>>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(() -> work(plan));
      }
      for (Future<List<Finding>> worker : pool.invokeAll(workers)) {
        all.addAll(worker.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scanning thread failed", e.getCause());
    }
    return new Result(all, filesScanned.sum(), bytesScanned.sum());
  }

  private List<Finding> work(ScanPlan plan) {
    try (MatchStream tokens = engine.open()) {
      return work(
          plan, new FileScanner(mount, image, rules, inside, tokens, progress, sourceFailures));
    }
  }

  private List<Finding> work(ScanPlan plan, FileScanner scanner) {
    List<Finding> own = new ArrayList<>();
    long budgetBytes = ReadBudget.of(mount.fs().volume());
    for (int i = next.getAndIncrement(); i < plan.files().size(); i = next.getAndIncrement()) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      PlannedFile file = plan.files().get(i);
      if (sourceFailures.get() >= MAX_SOURCE_FAILURES) {
        skips.add(mount, file.entry().path(), "not tried: the source failed too often");
      } else if (claimedBytes.addAndGet(file.diskBytes()) > budgetBytes) {
        skips.add(mount, file.entry().path(), "not read: files overlap beyond all reason");
      } else {
        own.addAll(scanOne(scanner, file));
      }
      progress.fileDone();
    }
    return own;
  }

  private List<Finding> scanOne(FileScanner scanner, PlannedFile file) {
    FileScanner.Result result = scanner.scan(file, List.of());
    if (result.problems().isEmpty()) {
      filesScanned.increment();
      bytesScanned.add(file.diskBytes());
    } else {
      skips.add(mount, file.entry().path(), String.join("; ", result.problems()));
    }
    Map<String, Finding> byId = new LinkedHashMap<>();
    for (RuleMatch match : result.matches()) {
      Finding finding = findings.build(mount, file, match);
      byId.merge(finding.id(), finding, Finding::and);
    }
    for (MemberScan.Found found : result.inside()) {
      Finding finding = findings.member(mount, file, found);
      byId.merge(finding.id(), finding, Finding::and);
    }
    return withVendor(file, List.copyOf(byId.values()));
  }

  /** Secrets that came with a package are no secrets. */
  private List<Finding> withVendor(PlannedFile file, List<Finding> found) {
    if (found.stream().noneMatch(finding -> VendorFiles.isAboutSecrets(finding.rule()))) {
      return found;
    }
    try {
      Optional<String> owner = new VendorFiles(mount, image).unchanged(file);
      if (owner.isEmpty()) {
        return found;
      }
      return found.stream()
          .map(finding ->
              VendorFiles.isAboutSecrets(finding.rule()) ? finding.cameWith(owner.get()) : finding)
          .toList();
    } catch (IOException | InternalError unreadable) {
      // It was read a moment ago; as it stands, nobody vouches for it.
      return found;
    }
  }
}
