package io.amivet.cli;

import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code amivet demo}: shows a whole scan without AWS. */
@picocli.CommandLine.Command(
    name = "demo",
    description = "Scan a leaky AMI served by this process; needs no account and no network.",
    footerHeading = "%nExamples:%n",
    footer = {"  amivet demo --report leaky.html"})
final class DemoCommand extends Command {
  private final Demo demo;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  Path html = Path.of("report.html");

  DemoCommand(StdStreams streams, Demo demo) {
    super(streams);
    this.demo = demo;
  }

  @Override
  ExitCode run() throws IOException, RuleSyntaxException {
    ReportWriter.checkWritable(html);
    return demo.run(streams, html, output.quiet);
  }
}
