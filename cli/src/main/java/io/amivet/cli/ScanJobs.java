package io.amivet.cli;

import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Report;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.scan.FetchEstimate;
import java.io.Closeable;
import java.io.IOException;

/** Makes scans ready to run. */
interface ScanJobs {

  /**
   * Opens the target and loads the rules; the caller closes the job.
   *
   * @throws IOException if the target cannot be had
   */
  ScanJob prepare(ScanRequest request) throws IOException, RuleSyntaxException;

  /** One scan of one target. Its counters may be read from another thread while it runs. */
  interface ScanJob extends Closeable {
    ProgressSource progress();

    Report run() throws IOException;

    /** What {@link #run} would read. */
    FetchEstimate estimate() throws IOException;

    /** What is scanned. */
    TargetInfo target();

    /** What was asked of a remote side so far. */
    BlockStatistics traffic();
  }
}
