package io.amivet.cli;

import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands once for one of the JVM's two ahead-of-time caches: what is loaded and linked
 * here starts fast later. Started by {@code ./amivet} after a build; its output goes nowhere.
 *
 * <p>Two caches, because the JVM loads all classes of a cache before {@code main}: those of the AWS
 * SDK, two thirds of all, would slow down every local command.
 */
final class TrainingRun {
  private static final String IMAGE = "demo-root";

  private TrainingRun() {}

  /** Takes {@code local}, for commands on image files, or {@code aws}, for those with the SDK. */
  public static void main(String[] args) throws IOException {
    ExitCleanup cleanup = new ExitCleanup();
    OutputStream nowhere = OutputStream.nullOutputStream();
    StdStreams streams =
        new StdStreams(
            nowhere, new PrintStream(nowhere, true, StandardCharsets.UTF_8), false, false, cleanup);
    try (CacheFolder folder = CacheFolder.make(null, cleanup)) {
      Path report = folder.path().resolve("report.html");
      List<String[]> commandLines =
          args.length == 1 && args[0].equals("aws")
              ? aws(report)
              : local(TestImages.unpack(IMAGE, folder.path()), report);
      for (String[] commandLine : commandLines) {
        new CommandTree(Main.wiring(streams), streams).run(commandLine);
      }
      Files.deleteIfExists(report);
    }
  }

  /** The whole way of the data: SDK, cache, readers, rules, reports. */
  private static List<String[]> aws(Path report) {
    String[] demo = {"demo", "--quiet", "--report", report.toString()};
    return List.<String[]>of(demo);
  }

  private static List<String[]> local(Path image, Path report) {
    String file = image.toString();
    String output = "html=" + report;
    return List.of(
        new String[] {"--help"},
        new String[] {"--version"},
        new String[] {"scan", "--help"},
        new String[] {"ls", "--help"},
        new String[] {"ls", "--unknown"},
        new String[] {"rules", "list"},
        new String[] {"rules", "explain", "SSH-001"},
        new String[] {"volumes", file},
        new String[] {"ls", "-R", "-l", file, "/"},
        new String[] {"ls", "-R", "-l", "--json", "--sha256", file, "/"},
        new String[] {"stat", file, "/etc/passwd"},
        new String[] {"cat", file, "/etc/passwd"},
        new String[] {"scan", "--depth", "quick", file},
        new String[] {"scan", "-o", "table", "-o", output, file},
        new String[] {"scan", "-o", "json", file},
        new String[] {"scan", "-o", "sarif", file});
  }
}
