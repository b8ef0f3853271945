package io.amivet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The process: streams, wiring, exit code. The only caller of {@code System.exit}. */
final class Main {
  private Main() {}

  static final String HELP = "help.txt";

  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
      printHelp();
      return;
    }
    ExitCleanup cleanup = new ExitCleanup();
    cleanup.install();
    StdStreams streams = StdStreams.ofProcess(cleanup);
    Defaults defaults = Defaults.of(System.getenv(), System.getProperty("user.home", "/"));
    System.exit(new CommandTree(wiring(streams), streams, defaults).run(args));
  }

  /** The answer asked for most, without the command line library: a test keeps it true. */
  private static void printHelp() {
    try (InputStream help = Main.class.getResourceAsStream(HELP);
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      if (help == null) {
        throw new IllegalStateException("the text of --help is missing");
      }
      out.write(help.readAllBytes());
    } catch (IOException readerIsGone) {
      // As after any other command: amivet --help | head.
      return;
    }
  }

  /** Who works for the commands. Nothing costly is made before a command asks for it. */
  static Wiring wiring(StdStreams streams) {
    DiskOpener disks = new DiskOpener(streams, StandardInput.ofProcess());
    RuleSource rules = new BuiltInRules();
    Reporters reporters = new BuiltInReporters();
    ScanJobs scans =
        new ImageScans(disks, rules, new MatchEngines(streams, System.getenv()), streams);
    return new Wiring(
        new ImageOpener(disks),
        scans,
        reporters,
        rules,
        new EndpointDemo(scans, reporters, streams.cleanup()));
  }
}
