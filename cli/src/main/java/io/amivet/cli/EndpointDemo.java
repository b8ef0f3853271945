package io.amivet.cli;

import io.amivet.finding.Report;
import io.amivet.finding.Verdict;
import io.amivet.fs.JournalMode;
import io.amivet.rule.Profile;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.scan.Depth;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedImage;
import io.amivet.testdata.aws.ServedImage.Mapping;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Serves the bundled leaky AMI from a stand-in of EC2 and EBS in this process, and scans it through
 * the real SDK as {@code amivet scan ami-…} would.
 */
final class EndpointDemo implements Demo {
  static final String AMI = "ami-0de30de30de30de30";
  private static final String ROOT = "snap-0de30de30de300001";
  private static final String DATA = "snap-0de30de30de300002";

  private final ScanJobs scans;
  private final Reporters reporters;
  private final ExitCleanup cleanup;

  EndpointDemo(ScanJobs scans, Reporters reporters, ExitCleanup cleanup) {
    this.scans = scans;
    this.reporters = reporters;
    this.cleanup = cleanup;
  }

  @Override
  public ExitCode run(StdStreams streams, Path html, boolean quiet)
      throws IOException, RuleSyntaxException {
    // The endpoint takes any signature; these keep the SDK from looking for the user's own keys.
    System.setProperty("aws.accessKeyId", "demo");
    System.setProperty("aws.secretAccessKey", "demo");
    try (CacheFolder folder = CacheFolder.make(null, cleanup);
        AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint
          .add(ServedSnapshot.of(ROOT, TestImages.unpack("demo-root", folder.path()), 1))
          .add(ServedSnapshot.of(DATA, TestImages.unpack("demo-data", folder.path()), 1))
          .add(
              ServedImage.of(
                  AMI, new Mapping.Ebs("/dev/xvda", ROOT), new Mapping.Ebs("/dev/sdf", DATA)));
      if (!quiet) {
        streams.err().println("serving " + AMI + " at " + endpoint.uri() + "; the same as:");
        streams.err().println("  amivet scan " + AMI + " --endpoint-url " + endpoint.uri());
      }
      return scan(endpoint, streams, html, quiet);
    }
  }

  private ExitCode scan(AwsEndpoint endpoint, StdStreams streams, Path html, boolean quiet)
      throws IOException, RuleSyntaxException {
    Access access =
        new Access(
            new Access.Aws("us-east-1", null, endpoint.uri(), 0, null),
            Access.Cache.TEMPORARY,
            JournalMode.REPLAY,
            List.of(),
            quiet);
    ScanRequest request =
        new ScanRequest(
            AMI,
            access,
            Profile.PUBLISH,
            Depth.FULL,
            8,
            Judging.USUAL,
            EngineChoice.AUTO,
            List.of(),
            Set.of(),
            false,
            null,
            null);
    Report report;
    try (ScanJobs.ScanJob job = scans.prepare(request)) {
      report = job.run();
    }
    ReportWriter writer =
        new ReportWriter(streams, reporters, false, Colors.wanted(false, streams.outIsTerminal()));
    writer.write(report, "table", null);
    writer.write(report, "html", html);
    if (!quiet) {
      streams.err().println("the whole report: " + html + " (a scan would exit with code 1 here)");
    }
    // A demo that found what was planted has succeeded.
    return report.verdict() == Verdict.FAIL ? ExitCode.COMPLETE : ExitCode.INTERNAL;
  }
}
