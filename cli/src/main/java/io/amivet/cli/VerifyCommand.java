package io.amivet.cli;

import io.amivet.finding.Custody;
import io.amivet.finding.Custody.DiskDigest;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.saved.SavedReport;
import io.amivet.saved.SavedReport.SavedFinding;
import io.amivet.scan.Depth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet verify}: whether the findings of a report are still to be seen. */
@picocli.CommandLine.Command(
    name = "verify",
    description = {
      "Read the evidence of each finding of a JSON report again, and say whether it still holds.",
      "Only the files that the report names are read."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  every finding holds",
      "  1  at least one no longer holds",
      "  2  wrong usage, or no report",
      "  3  the target could not be acquired",
      "  4  at least one could not be checked, and none is known to be gone",
      "  5  a bug of amivet",
      "",
      "Example:",
      "  amivet verify report.json ami-0123456789abcdef0"
    })
final class VerifyCommand extends Command {
  private final ScanJobs scans;
  private final RuleSource rules;

  @Parameters(index = "0", paramLabel = "REPORT", description = "A report of scan -o json.")
  Path reportFile = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "What it is about: ami-… or snap-…, an image file, or a folder.")
  String target = "";

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "The rules beside the built-in ones that the scan had; may be repeated.")
  List<Path> rulePaths = new ArrayList<>();

  @Option(
      names = "--archive-depth",
      paramLabel = "N",
      defaultValue = "8",
      description = "The --archive-depth that the scan had (default: ${DEFAULT-VALUE}).")
  int archiveDepth = 8;

  @Option(names = "--json", description = "One JSON object a line for each finding.")
  boolean json;

  @Mixin DisksMixin disks = new DisksMixin();

  @Mixin AwsMixin aws = new AwsMixin();

  @Mixin CacheMixin cache = new CacheMixin();

  @Mixin JournalMixin journal = new JournalMixin();

  VerifyCommand(StdStreams streams, ScanJobs scans, RuleSource rules) {
    super(streams);
    this.scans = scans;
    this.rules = rules;
  }

  /** What became of a finding. */
  private enum State {
    HOLDS("holds"),
    GONE("gone"),
    UNKNOWN("not checked");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  @Override
  ExitCode run() throws IOException, RuleSyntaxException {
    SavedReport saved = SavedReports.read(reportFile);
    Set<String> known =
        rules.load(rulePaths).rules().stream()
            .map(io.amivet.rule.Rule::id)
            .collect(Collectors.toSet());
    Report now;
    try (ScanJobs.ScanJob job = scans.prepare(request(saved));
        ProgressLine _ = ProgressLine.start(streams, job.progress(), output.quiet)) {
      now = job.run();
    }
    differences(saved, now);
    return tell(saved, now, known);
  }

  private ScanRequest request(SavedReport saved) throws CommandFailure {
    Set<FsPath> paths =
        saved.findings().stream().map(SavedFinding::path).collect(Collectors.toSet());
    boolean raw =
        saved.findings().stream().anyMatch(finding -> finding.origin().equals("unallocated"));
    Depth depth = raw ? Depth.FORENSIC : Depth.FULL;
    return new ScanRequest(
        target,
        new Access(aws.settings(), cache.settings(), journal.mode(), disks.more, output.quiet),
        saved.profile(),
        saved.depth().equals(Depth.QUICK.label()) ? Depth.QUICK : depth,
        archiveDepth,
        Judging.USUAL,
        EngineChoice.AUTO,
        rulePaths,
        Set.of(),
        saved.disksHashed(),
        paths,
        null);
  }

  /** What makes the two scans differ as such, on standard error. */
  private void differences(SavedReport saved, Report now) {
    Notes notes = notes();
    if (!saved.rulePackDigest().equals(now.rulePack().digest())) {
      notes.info("the report was made with other rules; a finding that is gone may be theirs");
    }
    if (!saved.disks().equals(now.target().disks())) {
      notes.info(
          "the report is about "
              + String.join(", ", saved.disks())
              + "; this target is "
              + String.join(", ", now.target().disks()));
    }
    for (DiskDigest disk : now.custody().disks()) {
      String before = saved.diskDigests().get(disk.disk());
      if (disk.method() == Custody.Method.WHOLE_DISK && before != null) {
        notes.info(
            disk.disk()
                + (before.equals(disk.digest())
                    ? " is byte for byte what the report is about"
                    : " is not byte for byte what the report is about"));
      }
    }
  }

  private ExitCode tell(SavedReport saved, Report now, Set<String> knownRules) throws IOException {
    Set<String> found = now.findings().stream().map(Finding::id).collect(Collectors.toSet());
    Set<FsPath> unread = new HashSet<>();
    now.coverage().skipped().forEach(skipped -> unread.add(skipped.path()));
    Set<Integer> read =
        now.coverage().volumes().stream()
            .filter(volume -> volume.complete())
            .map(volume -> volume.volume().index())
            .collect(Collectors.toSet());
    Map<State, Integer> counts = new EnumMap<>(State.class);
    for (SavedFinding finding : saved.findings()) {
      String why = "";
      State state = State.HOLDS;
      if (!found.contains(finding.id())) {
        why = obstacle(finding, now, knownRules, unread, read);
        state = why.isEmpty() ? State.GONE : State.UNKNOWN;
      }
      counts.merge(state, 1, Integer::sum);
      print(json ? jsonLine(finding, state, why) : line(finding, state, why));
    }
    if (!json) {
      print(
          String.format(
              Locale.ROOT,
              "%d hold, %d gone, %d not checked%n",
              counts.getOrDefault(State.HOLDS, 0),
              counts.getOrDefault(State.GONE, 0),
              counts.getOrDefault(State.UNKNOWN, 0)));
    }
    if (counts.containsKey(State.GONE)) {
      return ExitCode.FINDINGS;
    }
    return counts.containsKey(State.UNKNOWN) ? ExitCode.INCOMPLETE : ExitCode.COMPLETE;
  }

  /** Why a finding that was not seen may be there all the same; empty if it is gone. */
  private static String obstacle(
      SavedFinding finding,
      Report now,
      Set<String> knownRules,
      Set<FsPath> unread,
      Set<Integer> completeVolumes) {
    if (!knownRules.contains(finding.rule())) {
      return "there is no rule " + finding.rule() + "; --rules names those that the scan had";
    }
    if (unread.contains(finding.path())) {
      return "the file could not be read";
    }
    boolean onVolume = completeVolumes.contains(finding.volume());
    return onVolume || now.incompleteReasons().isEmpty()
        ? ""
        : "its volume could not be read wholly";
  }

  private static String line(SavedFinding finding, State state, String why) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%-11s  %-8s  ", state.label, finding.severity().label()));
    text.append(TerminalText.escape(finding.rule())).append("  ");
    text.append(TerminalText.escape(finding.path().toString()));
    if (!finding.member().isEmpty()) {
      text.append('!').append(TerminalText.escape(finding.member()));
    }
    if (finding.line() > 0) {
      text.append(':').append(finding.line());
    }
    if (!why.isEmpty()) {
      text.append("  (").append(TerminalText.escape(why)).append(')');
    }
    return text.append('\n').toString();
  }

  private static String jsonLine(SavedFinding finding, State state, String why) {
    LineBuffer line = new LineBuffer();
    line.add('{');
    member(line, "id", finding.id());
    member(line.add(','), "rule", finding.rule());
    member(line.add(','), "path", finding.path().toString());
    member(line.add(','), "state", state == State.UNKNOWN ? "unknown" : state.label);
    if (!why.isEmpty()) {
      member(line.add(','), "reason", why);
    }
    return line.add('}').add('\n').toString();
  }

  private static void member(LineBuffer line, String name, String value) {
    JsonText.string(line, name);
    line.add(':');
    JsonText.string(line, value);
  }

  private void print(String text) throws IOException {
    streams.out().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
