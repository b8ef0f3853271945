package io.amivet.cli;

import io.amivet.block.AnomalyLog;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Report;
import io.amivet.finding.Verdict;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.report.Reporter;
import io.amivet.rule.ForeignPack;
import io.amivet.rule.RulePack;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.scan.FetchEstimate;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs command lines against targets in memory and keeps what they write. */
final class CommandRun {
  private final List<OpenVolume> readable = new ArrayList<>();
  private final List<Volume> volumes = new ArrayList<>();
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private OutputStream out = outBytes;
  private @Nullable Throwable failure;
  private Verdict verdict = Verdict.PASS;
  private Defaults defaults = Defaults.none();
  final List<ScanRequest> scanned = new ArrayList<>();
  int closed;

  CommandRun with(MemoryFileSystem fs) {
    Volume volume = volume(VolumeState.READ, "", true);
    volumes.add(volume);
    readable.add(new OpenVolume(volume, fs, new AnomalyLog()));
    return this;
  }

  CommandRun withUnread(VolumeState state, String reason, boolean holdsData) {
    volumes.add(volume(state, reason, holdsData));
    return this;
  }

  CommandRun failingWith(Throwable cause) {
    failure = cause;
    return this;
  }

  /** With these environment variables, and nothing else of the configuration of whoever tests. */
  CommandRun configured(Map<String, String> environment) {
    defaults = Defaults.of(environment, "/nonexistent");
    return this;
  }

  CommandRun judging(Verdict given) {
    verdict = given;
    return this;
  }

  CommandRun writingTo(OutputStream stream) {
    out = stream;
    return this;
  }

  private Volume volume(VolumeState state, String reason, boolean holdsData) {
    int index = volumes.size() + 1;
    return new Volume(
        index,
        new MemoryDevice("disk", new byte[4096]),
        "linux-filesystem",
        "p" + index,
        state == VolumeState.ENCRYPTED ? "crypto_LUKS" : "memory",
        "",
        "",
        state,
        reason,
        holdsData,
        null);
  }

  int run(String... args) {
    StdStreams streams =
        new StdStreams(
            out,
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            false,
            false,
            new ExitCleanup());
    Wiring wiring =
        new Wiring(
            this::open,
            this::prepare,
            new TextReporters(),
            new NoRules(),
            (_, _, _) -> ExitCode.FINDINGS);
    return new CommandTree(wiring, streams, defaults).run(args);
  }

  private OpenTarget open(String target, Access access) throws IOException {
    fail();
    if (target.equals("missing.img")) {
      throw new NoSuchFileException(target);
    }
    OpenTarget.Disk disk = new OpenTarget.Disk("disk.img", 1 << 20, "gpt", volumes);
    return new OpenTarget(List.of(disk), List.of(), readable, List.of(), () -> closed++);
  }

  private void fail() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  private ScanJobs.ScanJob prepare(ScanRequest request) throws IOException {
    scanned.add(request);
    fail();
    if (request.target().equals("missing.img")) {
      throw new NoSuchFileException(request.target());
    }
    return new ScanJobs.ScanJob() {
      @Override
      public ProgressSource progress() {
        return new Counters().source();
      }

      @Override
      public Report run() {
        return report(request);
      }

      @Override
      public FetchEstimate estimate() {
        return new FetchEstimate(request.depth(), 16_384, 4_479, 269, 1_234, true);
      }

      @Override
      public Report.TargetInfo target() {
        return report(request).target();
      }

      @Override
      public BlockStatistics traffic() {
        return new BlockStatistics(16_384, 4_479, 200, 200L << 19, 0, 203, 2, 0.0006);
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private Report report(ScanRequest request) {
    return new Report(
        "1",
        new Report.TargetInfo("image", request.target(), "", 0, List.of()),
        Instant.EPOCH,
        Instant.EPOCH,
        new Report.RulePackInfo("1", "", 0),
        request.profile(),
        request.depth().label(),
        request.judging().threshold(),
        verdict,
        new Coverage(List.of(), List.of(), 0, List.of(), Coverage.BlockStatistics.NONE),
        List.of(),
        List.of(),
        Map.of());
  }

  String out() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }

  private static final class TextReporters implements Reporters {
    @Override
    public List<String> formats() {
      return List.of("table", "json");
    }

    @Override
    public Reporter reporter(String format, boolean color) {
      return new Reporter() {
        @Override
        public String format() {
          return format;
        }

        @Override
        public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
          String line = format + " " + report.target().id() + " " + report.verdict().label() + "\n";
          out.write(line.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }

  private static final class NoRules implements RuleSource {
    @Override
    public Import importFile(Path file) {
      return new Import(new ForeignPack("none", List.of(), List.of()), 0, List.of());
    }

    @Override
    public RulePack load(List<Path> paths) {
      return new RulePack("1", "", List.of(), List.of());
    }

    @Override
    public Check check(Path file) throws RuleSyntaxException {
      throw new RuleSyntaxException(
          List.of(
              new RuleSyntaxException.RuleError("my.yaml", 3, 7, "unknown key 'pahts'"),
              new RuleSyntaxException.RuleError("my.yaml", 9, 1, "no id")));
    }
  }
}
