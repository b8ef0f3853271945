package io.amivet.report;

import io.amivet.artifact.Evidence;
import io.amivet.artifact.Place;
import io.amivet.artifact.Secret;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Fingerprint;
import io.amivet.finding.Origin;
import io.amivet.finding.Report;
import io.amivet.finding.Verdict;
import io.amivet.fs.FsPath;
import io.amivet.fs.JournalState;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a hostile image would like to have it. */
final class SampleReport {
  static final String SECRET = "synthetic-secret-0123456789";
  static final byte[] NOT_UTF8 = {'r', (byte) 0xff, (byte) 0xe9, '\n', 'x'};
  static final FsPath HOSTILE =
      FsPath.of("/home").resolve("a\u001b[2J\nb\u202etxt.exe\u0007%41 {0} [x](y)");
  private static final Instant THEN = Instant.parse("2026-11-25T10:00:00.123456789Z");

  private SampleReport() {}

  static Rule rule(String id, String title, String category) {
    return new Rule(
        id,
        title,
        "The image holds something that its builder did not mean to give away.",
        category,
        Map.of(Profile.PUBLISH, Severity.HIGH),
        List.of(),
        List.of(),
        new Rule.Condition.Exists(1),
        "Delete the file before the image is made, and treat what was in it as known to everybody: "
            + "replace it wherever it is accepted.",
        List.of("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/building-shared-amis.html"),
        new Rule.Examples(List.of(), List.of()));
  }

  static Finding finding(Rule rule, Severity severity, FsPath path, int line, long offset) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("user", "ubuntu");
    fields.put("note", "\u001b]0;title\u0007");
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    return new Finding(
        Fingerprint.withDefaultKey().of(rule.id(), path, secret),
        rule,
        severity,
        1,
        path,
        offset < 0 ? Origin.LIVE : Origin.DELETED,
        "",
        4711,
        0600,
        1000,
        1000,
        THEN,
        offset,
        line,
        offset < 0 ? -1 : offset + 4096,
        Evidence.of("token = ").plus(Secret.of(secret)).plus("\r\n\u001b[31m"),
        fields,
        line == 0 ? List.of() : List.of(new Place(900, line + 7), new Place(1_200, line + 30)),
        line == 0 ? List.of() : List.of("GEN-001"));
  }

  private static Coverage coverage() {
    MemoryDevice device = new MemoryDevice("disk", new byte[0]);
    Volume root =
        new Volume(
            1,
            device,
            "linux-filesystem",
            "p1",
            "ext4",
            "root\ud800\u202e",
            "11111111-2222-4333-8444-555555555501",
            VolumeState.READ,
            "",
            true,
            null);
    Volume locked =
        new Volume(
            2,
            device,
            "linux-filesystem",
            "p2",
            "crypto_LUKS",
            "",
            "",
            VolumeState.ENCRYPTED,
            "LUKS-encrypted (version 2, aes-xts-plain64)",
            true,
            null);
    return new Coverage(
        List.of(
            new Coverage.VolumeCoverage(
                root, "disk.img", JournalState.NONE, 51_234, 4_321, 48_000, 1L << 30, true),
            new Coverage.VolumeCoverage(locked, "disk.img", JournalState.NONE, 0, 0, 0, 0, false)),
        List.of(
            new Coverage.Skipped(1, HOSTILE, "inode cannot be read"),
            new Coverage.Skipped(1, FsPath.ROOT.resolve(NOT_UTF8), "too large")),
        7,
        List.of(
            new Coverage.VolumeAnomaly(0, "gpt.primary", "primary GPT is damaged", 512),
            new Coverage.VolumeAnomaly(1, "tree.child", "no place\u001b[1m", -1)),
        new Coverage.BlockStatistics(16_384, 5_000, 4_000, 4_000L << 19, 0, 4_003, 3, 0.012));
  }

  static Report hostile() {
    Rule key = rule("SSH-003", "Private key without passphrase", "ssh");
    Rule token = rule("CLD-010", "Access token", "cld");
    List<Finding> findings = new ArrayList<>();
    findings.add(finding(key, Severity.CRITICAL, FsPath.of("/root/.ssh/id_rsa"), 0, -1));
    findings.add(finding(key, Severity.CRITICAL, HOSTILE, 0, 12));
    for (int i = 0; i < TableReporter.MAX_PLACES + 5; i++) {
      findings.add(finding(token, Severity.MEDIUM, FsPath.of("/opt/app/config" + i), i + 1, -1));
    }
    findings.add(finding(token, Severity.LOW, FsPath.of("/opt").resolve(NOT_UTF8), 3, -1));
    return report(
        Verdict.FAIL, findings, coverage(), List.of("volume 2 (p2) is encrypted\u001b[0m"));
  }

  static Report clean() {
    return report(
        Verdict.PASS,
        List.of(),
        new Coverage(List.of(), List.of(), 0, List.of(), Coverage.BlockStatistics.NONE),
        List.of());
  }

  /** Nothing found on these volumes. */
  static Report covering(Coverage coverage) {
    return report(Verdict.INCOMPLETE, List.of(), coverage, List.of());
  }

  private static Report report(
      Verdict verdict, List<Finding> findings, Coverage coverage, List<String> incompleteReasons) {
    Map<String, Duration> timings = new LinkedHashMap<>();
    timings.put("walk", Duration.ofMillis(420));
    timings.put("match", Duration.ofMillis(1234));
    return new Report(
        "0.1.0",
        new Report.TargetInfo("image", "disk.img", "", 8L << 30, List.of("disk.img")),
        THEN,
        THEN.plusSeconds(3),
        new Report.RulePackInfo("2026.11.0", "ab".repeat(32), 172),
        Profile.PUBLISH,
        "full",
        Severity.HIGH,
        verdict,
        coverage,
        findings,
        incompleteReasons,
        timings);
  }

  static String write(Reporter reporter, Report report, boolean showSecrets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      reporter.write(report, showSecrets, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
