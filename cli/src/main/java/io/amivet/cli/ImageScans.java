package io.amivet.cli;

import io.amivet.artifact.registry.Parsers;
import io.amivet.base.Base;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Fingerprint;
import io.amivet.finding.Report;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.inside.InsideLimits;
import io.amivet.match.MatchEngine;
import io.amivet.policy.Policy;
import io.amivet.policy.PolicyJudge;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePack;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.saved.Baseline;
import io.amivet.scan.FetchEstimate;
import io.amivet.scan.ScanOptions;
import io.amivet.scan.ScanProgress;
import io.amivet.scan.Scanner;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scans targets with the built-in rules and those the user adds. */
final class ImageScans implements ScanJobs {
  private final DiskOpener disks;
  private final RuleSource rules;
  private final MatchEngines engines;
  private final StdStreams streams;

  ImageScans(DiskOpener disks, RuleSource rules, MatchEngines engines, StdStreams streams) {
    this.disks = disks;
    this.rules = rules;
    this.engines = engines;
    this.streams = streams;
  }

  @Override
  public ScanJob prepare(ScanRequest request) throws IOException, RuleSyntaxException {
    RulePack all = rules.load(request.rulePaths());
    Optional<Policy> policy = PolicyFile.load(request.judging().policy(), all);
    Optional<Baseline> baseline = SavedReports.baseline(request.judging().baseline());
    RulePack pack = without(request.disabledRules(), all);
    pack.notes().forEach(note -> streams.err().println("amivet: " + TerminalText.escape(note)));
    OpenedDisks opened = disks.open(request.target(), request.access());
    opened.notes().forEach(note -> streams.err().println("amivet: " + TerminalText.escape(note)));
    return new Job(request, pack, policy, baseline, opened, base(request, pack, opened), engines);
  }

  /** The target is closed if its base cannot be had. */
  private @Nullable OpenedBase base(ScanRequest request, RulePack pack, OpenedDisks target)
      throws IOException {
    BaseRequest wanted = request.base();
    if (wanted == null) {
      return null;
    }
    Closing resources = new Closing();
    try {
      OpenedDisks base = disks.open(wanted.target(), request.access().withoutMoreDisks());
      resources.add(base);
      return new OpenedBase(BaseOpener.of(wanted, base, target, pack, request), base);
    } catch (IOException | RuntimeException e) {
      resources.add(target);
      resources.close();
      throw e;
    }
  }

  private record OpenedBase(Base base, OpenedDisks disks) {}

  private static RulePack without(Set<String> disabled, RulePack pack) throws CommandFailure {
    Set<String> known = pack.rules().stream().map(Rule::id).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(disabled);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--disable names no rule: "
              + String.join(", ", unknown)
              + "; 'amivet rules list' shows all");
    }
    List<Rule> kept = pack.rules().stream().filter(rule -> !disabled.contains(rule.id())).toList();
    return new RulePack(pack.version(), pack.digest(), kept, pack.notes());
  }

  private record Job(
      ScanRequest request,
      RulePack pack,
      Optional<Policy> policy,
      Optional<Baseline> baseline,
      OpenedDisks opened,
      @Nullable OpenedBase earlier,
      MatchEngines engines,
      ScanProgress counters)
      implements ScanJob {

    Job(
        ScanRequest request,
        RulePack pack,
        Optional<Policy> policy,
        Optional<Baseline> baseline,
        OpenedDisks opened,
        @Nullable OpenedBase earlier,
        MatchEngines engines) {
      this(request, pack, policy, baseline, opened, earlier, engines, new ScanProgress());
    }

    @Override
    public ProgressSource progress() {
      return new ProgressSource(counters::bytes, counters::plannedBytes, counters::files);
    }

    /** What is done with a scanner. */
    private interface Work<T> {
      T with(Scanner scanner) throws IOException, InterruptedException;
    }

    @Override
    public Report run() throws IOException {
      Base base = earlier == null ? null : earlier.base();
      Report report = scan(scanner -> scanner.scan(opened.info(), opened.disks(), base));
      return judge(report.with(ChainOfCustody.of(opened, request.digest())));
    }

    @Override
    public FetchEstimate estimate() throws IOException {
      return scan(scanner -> scanner.estimate(opened.disks()));
    }

    @Override
    public TargetInfo target() {
      return opened.info();
    }

    @Override
    public BlockStatistics traffic() {
      return opened.disks().stream()
          .map(disk -> disk.statistics().get())
          .reduce(BlockStatistics.NONE, BlockStatistics::plus);
    }

    private <T> T scan(Work<T> work) throws IOException {
      ScanOptions options =
          new ScanOptions(
              request.profile(),
              request.depth(),
              request.judging().threshold(),
              request.access().journal(),
              InsideLimits.STANDARD.withDepth(request.archiveDepth()),
              Fingerprint.withDefaultKey(),
              request.onlyPaths());
      RuleSet inProfile = new RuleSet(pack.rules(), Parsers.all(), request.profile());
      try (MatchEngine engine =
          engines.make(request.engine(), opened.info().sizeBytes(), inProfile.contentRules())) {
        Scanner scanner =
            new Scanner(
                Version.number(), pack, inProfile, engine, options, counters, Clock.systemUTC());
        return work.with(scanner);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the scan was interrupted");
      }
    }

    private Report judge(Report report) {
      Report judged =
          policy
              .map(one -> new PolicyJudge(one).judge(report, request.judging().failOn()))
              .orElse(report);
      return baseline.map(earlier -> earlier.compare(judged)).orElse(judged);
    }

    @Override
    public void close() throws IOException {
      Closing both = new Closing();
      if (earlier != null) {
        both.add(earlier.disks());
      }
      // The last is closed first: the target reads what is kept of its base.
      both.add(opened);
      both.close();
    }
  }
}
