package io.amivet.cli;

/** The process: streams, wiring, exit code. The only caller of {@code System.exit}. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    ExitCleanup cleanup = new ExitCleanup();
    cleanup.install();
    StdStreams streams = StdStreams.ofProcess(cleanup);
    System.exit(new CommandTree(wiring(streams), streams).run(args));
  }

  /** Who works for the commands. Nothing costly is made before a command asks for it. */
  static Wiring wiring(StdStreams streams) {
    DiskOpener disks = new DiskOpener(streams.cleanup());
    RuleSource rules = new BuiltInRules();
    Reporters reporters = new BuiltInReporters();
    ScanJobs scans = new ImageScans(disks, rules, streams);
    return new Wiring(
        new ImageOpener(disks),
        scans,
        reporters,
        rules,
        new EndpointDemo(scans, reporters, streams.cleanup()));
  }
}
