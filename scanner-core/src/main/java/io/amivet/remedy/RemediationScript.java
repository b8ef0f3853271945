package io.amivet.remedy;

import io.amivet.finding.Coverage.VolumeCoverage;
import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import io.amivet.report.Reporter;
import io.amivet.rule.Severity;
import io.amivet.volume.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A POSIX shell script that removes what was found, for a person to read first. It says what it
 * would do unless told to, keeps login keys unless told otherwise, and never leaves the folder it
 * is given.
 *
 * <p>Names of the image are hostile: they stand in single quotes, byte for byte, and in comments in
 * printable ASCII alone. Evidence is not part of it.
 */
public final class RemediationScript implements Reporter {

  @Override
  public String format() {
    return "remediation-script";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    // Latin-1, one char a byte, so that names come out as the bytes they are.
    PrintWriter script = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.ISO_8859_1));
    script.print(resource("head.sh"));
    origin(report, script);
    Map<Integer, Map<FsPath, List<Finding>>> byVolume = new TreeMap<>();
    for (Finding finding : report.findings()) {
      byVolume
          .computeIfAbsent(finding.volume(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(finding.path(), _ -> new ArrayList<>())
          .add(finding);
    }
    volumes(report, byVolume.keySet(), script);
    byVolume.forEach((volume, byPath) -> {
      script.print("\n\nif [ \"$volume\" = " + volume + " ]; then\n:\n");
      byPath.forEach((path, findings) -> file(path, findings, script));
      script.print("\nfi\n");
    });
    script.print(resource("tail.sh"));
    script.flush();
    if (script.checkError()) {
      throw new IOException("the script could not be written");
    }
  }

  private static void origin(Report report, PrintWriter script) {
    line(script, "# Made by amivet " + report.toolVersion() + " from a scan of");
    line(script, "#   " + report.target().kind() + " " + report.target().id());
    line(script, "# that began at " + report.startedAt() + ", profile " + report.profile().label());
  }

  /** The volumes with findings, and that ROOT is one of them. */
  private static void volumes(Report report, Set<Integer> volumes, PrintWriter script) {
    line(script, "# Findings lie on:");
    for (VolumeCoverage covered : report.coverage().volumes()) {
      Volume volume = covered.volume();
      if (volumes.contains(volume.index())) {
        line(
            script,
            "#   --volume "
                + volume.index()
                + "  "
                + covered.disk()
                + ":"
                + volume.name()
                + "  "
                + volume.contents()
                + "  "
                + volume.label());
      }
    }
    script.print("\n");
    if (volumes.size() == 1) {
      script.print("volume=${volume:-" + volumes.iterator().next() + "}\n");
    }
    String all = volumes.stream().map(String::valueOf).collect(Collectors.joining("|"));
    script.print("case $volume in\n");
    if (!all.isEmpty()) {
      script.print("  " + all + ") ;;\n");
    }
    script.print(
        "  *) printf 'name the volume that is mounted at ROOT with --volume: "
            + all.replace("|", ", ")
            + "\\n' >&2; exit 2 ;;\nesac\n");
  }

  /** Prints a comment line; hostile text cannot end it. */
  private static void line(PrintWriter script, String text) {
    script.print(ShellText.comment(text) + "\n");
  }

  private static void file(FsPath path, List<Finding> findings, PrintWriter script) {
    boolean someAllowed =
        findings.stream().anyMatch(finding -> finding.fields().containsKey("allowed"));
    List<Finding> weighty =
        findings.stream().filter(finding -> finding.severity() != Severity.INFO).toList();
    if (weighty.isEmpty()) {
      return;
    }
    script.print("\n");
    line(script, "# " + path);
    Set<Remedy> remedies = new LinkedHashSet<>();
    for (Finding finding : weighty) {
      line(
          script,
          "#   "
              + finding.severity().label().toUpperCase(Locale.ROOT)
              + " "
              + finding.rule().id()
              + " "
              + finding.rule().title()
              + (finding.member().isEmpty() ? "" : ", in its member " + finding.member())
              + (finding.line() > 0 ? ", line " + finding.line() : ""));
      Optional<Remedy> remedy = Remedy.of(finding);
      // What the policy expects must survive: the lines of a file cannot be told apart here.
      if (remedy.isPresent() && !(someAllowed && Remedy.isAuthorizedKey(finding))) {
        remedies.add(remedy.get());
      } else {
        manual(finding, someAllowed, script);
      }
    }
    for (Remedy remedy : remedies) {
      String argument =
          remedy.argument().isEmpty() ? "" : " " + ShellText.quoted(remedy.argument());
      script.print(remedy.verb() + " " + ShellText.directoryAndName(path) + argument + "\n");
    }
  }

  private static void manual(Finding finding, boolean someAllowed, PrintWriter script) {
    if (someAllowed && Remedy.isAuthorizedKey(finding)) {
      line(script, "#   MANUAL: remove this line alone; the policy allows another of the file");
      return;
    }
    String lead = "#   MANUAL: ";
    for (String said : finding.rule().remediation().strip().lines().toList()) {
      line(script, lead + said.strip());
      lead = "#           ";
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RemediationScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
