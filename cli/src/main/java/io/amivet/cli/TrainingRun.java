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
 * Runs the commands once for one of the JVM's three ahead-of-time caches: what is loaded and linked
 * here starts fast later. Started by {@code ./amivet} after a build; its output goes nowhere.
 *
 * <p>Three caches, because the JVM loads all classes of a cache before {@code main}: those of the
 * AWS SDK, two thirds of all, would slow down every local command, and those of rules and reports
 * the commands that only look into an image.
 */
final class TrainingRun {
  private static final String IMAGE = "demo-root";

  private TrainingRun() {}

  /**
   * Takes {@code look}, for commands that look into image files, {@code local}, for scanning them,
   * or {@code aws}, for all that needs the SDK. Ends the way the process ends.
   */
  public static void main(String[] args) throws IOException {
    run(args.length == 1 ? args[0] : "");
    System.exit(0);
  }

  private static void run(String part) throws IOException {
    ExitCleanup cleanup = new ExitCleanup();
    cleanup.install();
    OutputStream nowhere = OutputStream.nullOutputStream();
    StdStreams streams =
        new StdStreams(
            nowhere, new PrintStream(nowhere, true, StandardCharsets.UTF_8), false, false, cleanup);
    try (CacheFolder folder = CacheFolder.make(null, cleanup)) {
      Path report = folder.path().resolve("report.html");
      List<String[]> commandLines =
          switch (part) {
            case "aws" -> aws(report);
            case "look" -> look(TestImages.unpack(IMAGE, folder.path()), folder.path());
            default -> local(TestImages.unpack(IMAGE, folder.path()), report);
          };
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

  private static List<String[]> look(Path image, Path folder) {
    String file = image.toString();
    String extracted = folder.resolve("extracted").toString();
    return List.of(
        new String[] {"volumes", file},
        new String[] {"ls", file, "/"},
        new String[] {"ls", "-R", "-l", file, "/"},
        new String[] {"ls", "-R", "-l", "--json", "--sha256", file, "/"},
        new String[] {"stat", file, "/etc/passwd"},
        new String[] {"cat", file, "/etc/passwd"},
        new String[] {"cat", "-R", file, "/etc"},
        new String[] {"timeline", file},
        new String[] {"timeline", "--format", "jsonl", file},
        new String[] {"extract", file, "/etc", "-C", extracted});
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
        new String[] {"scan", "--depth", "quick", file},
        new String[] {"scan", "-o", "table", "-o", output, file},
        new String[] {"scan", "-o", "json", file},
        new String[] {"scan", "-o", "sarif", file});
  }
}
