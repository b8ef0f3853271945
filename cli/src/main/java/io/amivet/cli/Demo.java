package io.amivet.cli;

import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Path;

/** Serves the bundled leaky AMI from an in-process endpoint and scans it. */
interface Demo {

  /**
   * Runs the demo: the table goes to standard output, the whole report to {@code html}.
   *
   * @return the code of the scan, which finds a lot
   */
  ExitCode run(StdStreams streams, Path html, boolean quiet)
      throws IOException, RuleSyntaxException;
}
