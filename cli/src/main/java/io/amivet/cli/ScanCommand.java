package io.amivet.cli;

import io.amivet.finding.Report;
import io.amivet.remedy.RemediationScript;
import io.amivet.rule.Profile;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.rule.Severity;
import io.amivet.scan.Depth;
import io.amivet.source.ebs.AwsTargets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amivet scan}: judges targets and says so by report and exit code. */
@picocli.CommandLine.Command(
    name = "scan",
    description = "Find what the builder of an image left behind.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  everything was read, nothing at or above the threshold",
      "  1  findings at or above the threshold",
      "  2  wrong usage or configuration",
      "  3  the target could not be acquired",
      "  4  not everything was read",
      "  5  a bug of amivet",
      "",
      "Examples:",
      "  amivet scan ami-0123456789abcdef0 --region eu-west-1 -o table -o html=report.html",
      "  amivet scan disk.qcow2 --profile gate --policy policy.yaml -o json=report.json",
      "  amivet scan disk.img --baseline last-week.json --fail-on medium",
      "  zstdcat disk.img.zst | amivet scan -"
    })
final class ScanCommand extends Command {
  private static final String JSON = "json";
  private static final String ASFF = "asff";
  private static final int MAX_ARCHIVE_DEPTH = 16;

  private final ScanJobs scans;
  private final Reporters reporters;
  private final FailureHandler failures;

  @Parameters(
      arity = "1..*",
      paramLabel = "TARGET",
      description = "ami-… or snap-…, or a disk image file, a folder, or - for standard input.")
  List<String> targets = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "publish",
      converter = Labels.ProfileLabel.class,
      completionCandidates = Labels.ProfileLabel.class,
      description = "Who asks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Profile profile = Profile.PUBLISH;

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      defaultValue = "full",
      converter = Labels.DepthLabel.class,
      completionCandidates = Labels.DepthLabel.class,
      description =
          "quick: only files that rules name by path, below /usr only where one names the way;"
              + " full: all files;"
              + " forensic: free blocks, swap and unknown volumes too (default: ${DEFAULT-VALUE}).")
  Depth depth = Depth.FULL;

  @Option(
      names = "--archive-depth",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How deep to look into archives in archives, 0 to 16; 0 looks into none"
              + " (default: ${DEFAULT-VALUE}).")
  int archiveDepth = 8;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "auto",
      converter = Labels.EngineLabel.class,
      completionCandidates = Labels.EngineLabel.class,
      description = {
        "What looks for secrets in contents: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
        "All find the same; vectorscan is faster on images above 64 MiB, java runs everywhere."
      })
  EngineChoice engine = EngineChoice.AUTO;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      converter = Labels.SeverityLabel.class,
      completionCandidates = Labels.SeverityLabel.class,
      description =
          "The threshold for exit code 1: ${COMPLETION-CANDIDATES}"
              + " (default: that of the policy, or high).")
  @Nullable Severity failOn;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = {
        "What you allow in your images: thresholds, users, keys, log targets, exceptions with owner,",
        "reason and expiry."
      })
  @Nullable Path policy;

  @Option(
      names = "--baseline",
      paramLabel = "REPORT",
      description = "An earlier JSON report: only what it does not have counts for the verdict.")
  @Nullable Path baseline;

  @Option(
      names = "--base",
      paramLabel = "TARGET",
      description =
          "An earlier state of the target, snapshot, AMI or disk image: only what changed since is"
              + " scanned, and the files that rules name by path.")
  @Nullable String base;

  @Option(
      names = "--base-report",
      paramLabel = "REPORT",
      description =
          "A JSON report of the base: where it has findings is scanned too, so that the report is"
              + " that of a whole scan.")
  @Nullable Path baseReport;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      converter = OutputRequest.Converter.class,
      description = {
        "Write a report, to standard output or FILE; may be repeated.",
        "{target} in FILE stands for the target."
      })
  List<OutputRequest> outputs = new ArrayList<>();

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "A rule file or folder, beside the built-in rules; may be repeated.")
  List<Path> rulePaths = new ArrayList<>();

  @Option(
      names = "--disable",
      paramLabel = "ID",
      split = ",",
      description = "A rule to leave out; may be repeated.")
  Set<String> disabledRules = new LinkedHashSet<>();

  @Option(
      names = "--remediation-script",
      paramLabel = "FILE",
      description = {
        "Write a shell script that removes what was found, to be read before it is run.",
        "{target} in FILE stands for the target."
      })
  @Nullable String remediationScript;

  @Option(
      names = "--digest",
      description =
          "Also hash local disks from end to end, for the chain of custody; blocks of snapshots"
              + " always are.")
  boolean digest;

  @Option(names = "--show-secrets", description = "Write evidence unredacted into the reports.")
  boolean showSecrets;

  @Option(
      names = "--plan",
      description = {
        "Say how many blocks, requests and dollars the scan would take, and stop.",
        "Reads names and inodes. As a table, or JSON with -o json."
      })
  boolean plan;

  @Option(names = "--no-color", description = "No colours; also NO_COLOR.")
  boolean noColor;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin DisksMixin disks = new DisksMixin();

  @Mixin AwsMixin aws = new AwsMixin();

  @Mixin CacheMixin cache = new CacheMixin();

  @Mixin JournalMixin journal = new JournalMixin();

  ScanCommand(StdStreams streams, ScanJobs scans, Reporters reporters, FailureHandler failures) {
    super(streams);
    this.scans = scans;
    this.reporters = reporters;
    this.failures = failures;
  }

  @Override
  ExitCode run() throws Exception {
    if (outputs.isEmpty()) {
      outputs = List.of(new OutputRequest(reporters.formats().getFirst(), null));
    }
    if (targets.size() > 1 && !disks.more.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--disk belongs to one target, and " + targets.size() + " are given");
    }
    checkOutputs();
    ReportWriter writer =
        new ReportWriter(
            streams, reporters, showSecrets, Colors.wanted(noColor, streams.outIsTerminal()));
    List<ExitCode> codes = new ArrayList<>();
    for (String target : targets) {
      codes.add(targets.size() == 1 ? one(target, writer) : oneOfMany(target, writer));
    }
    return ExitCode.worst(codes);
  }

  /** The script as one more report. */
  private @Nullable OutputRequest scriptRequest() {
    return remediationScript == null
        ? null
        : new OutputRequest("remediation-script", remediationScript);
  }

  private void checkOutputs() throws CommandFailure {
    Set<Path> files = new LinkedHashSet<>();
    for (OutputRequest request : outputs) {
      if (!reporters.formats().contains(request.format())) {
        throw new CommandFailure(
            ExitCode.USAGE,
            String.format(
                Locale.ROOT,
                "unknown report format '%s'; there are %s",
                request.format(),
                String.join(", ", reporters.formats())));
      }
      if (request.format().equals(ASFF)) {
        checkHasAccount();
      }
      checkFiles(request, files);
    }
    OutputRequest script = scriptRequest();
    if (script != null) {
      checkFiles(script, files);
    }
    if (plan) {
      checkPlanOutput();
    }
    checkBase();
    if (archiveDepth < 0 || archiveDepth > MAX_ARCHIVE_DEPTH) {
      throw new CommandFailure(
          ExitCode.USAGE, "--archive-depth is 0 to " + MAX_ARCHIVE_DEPTH + ", not " + archiveDepth);
    }
    if (outputs.stream().filter(request -> request.file() == null).count() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "only one report can go to standard output");
    }
  }

  /** A report that cannot be written is to be known before the scan. */
  private void checkHasAccount() throws CommandFailure {
    for (String target : targets) {
      if (!AwsTargets.isId(target)) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "-o asff is for AMIs and snapshots, whose findings belong to an account; "
                + target
                + " is neither");
      }
    }
  }

  private void checkBase() throws CommandFailure {
    if (base == null && baseReport != null) {
      throw new CommandFailure(ExitCode.USAGE, "--base-report needs the --base that it is of");
    }
    if (base != null && (targets.size() > 1 || depth != Depth.FULL || plan)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--base is for one target, the depth full, and no --plan");
    }
  }

  private void checkPlanOutput() throws CommandFailure {
    OutputRequest wanted = outputs.getFirst();
    boolean known = Set.of(JSON, "table").contains(wanted.format());
    if (outputs.size() > 1 || wanted.file() != null || !known || remediationScript != null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--plan goes to standard output, as -o table or -o json, and writes no script");
    }
  }

  private void checkFiles(OutputRequest request, Set<Path> files) throws CommandFailure {
    for (String target : targets) {
      Path file = request.fileFor(target);
      ReportWriter.checkWritable(file);
      if (file != null && !files.add(file.toAbsolutePath().normalize())) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "two reports would go to " + file + "; {target} in FILE keeps targets apart");
      }
    }
  }

  /** A target that fails must not hide what the others have to say. */
  private ExitCode oneOfMany(String target, ReportWriter writer) throws RuleSyntaxException {
    try {
      return one(target, writer);
    } catch (IOException | RuntimeException e) {
      return failures.report(e, output.debug);
    }
  }

  private ExitCode one(String target, ReportWriter writer) throws IOException, RuleSyntaxException {
    return plan ? plan(target) : scan(target, writer);
  }

  private ScanRequest request(String target) throws CommandFailure {
    return new ScanRequest(
        target,
        new Access(aws.settings(), cache.settings(), journal.mode(), disks.more, output.quiet),
        profile,
        depth,
        archiveDepth,
        judging(),
        engine,
        rulePaths,
        disabledRules,
        digest,
        null,
        base == null ? null : new BaseRequest(base, baseReport));
  }

  private ExitCode plan(String target) throws IOException, RuleSyntaxException {
    boolean json = outputs.getFirst().format().equals(JSON);
    Access.Aws settings = aws.settings();
    try (ScanJobs.ScanJob job = scans.prepare(request(target))) {
      PlanText text =
          new PlanText(
              job.target(),
              job.estimate(),
              job.traffic(),
              DiskOpener.prices(settings.prices()),
              DiskOpener.maxRequestsPerSecond(settings));
      String said = (json ? text.json() : text.table()) + "\n";
      streams.out().write(said.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.COMPLETE;
  }

  /** A policy outranks the configuration, and the command line outranks both. */
  private Judging judging() {
    boolean said = spec.commandLine().getParseResult().hasMatchedOption("--fail-on");
    Severity usual = failOn == null ? Judging.USUAL_THRESHOLD : failOn;
    return new Judging(said ? failOn : null, usual, policy, baseline);
  }

  private ExitCode scan(String target, ReportWriter writer)
      throws IOException, RuleSyntaxException {
    Report report;
    try (ScanJobs.ScanJob job = scans.prepare(request(target));
        ProgressLine _ = ProgressLine.start(streams, job.progress(), output.quiet)) {
      report = job.run();
    }
    for (OutputRequest out : outputs) {
      try {
        writer.write(report, out.format(), out.fileFor(target));
      } catch (StdoutClosedException enough) {
        // The reader has seen what it wanted; files and verdict do not depend on it.
      }
    }
    OutputRequest script = scriptRequest();
    Path scriptFile = script == null ? null : script.fileFor(target);
    if (scriptFile != null) {
      writer.write(report, new RemediationScript(), scriptFile);
    }
    return ExitCode.of(report.verdict());
  }
}
