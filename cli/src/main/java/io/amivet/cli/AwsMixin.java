package io.amivet.cli;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how to reach AWS. */
final class AwsMixin {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS Region of an AMI or snapshot (default: as the AWS CLI finds it).")
  @Nullable String region;

  @Option(
      names = "--aws-profile",
      paramLabel = "NAME",
      description = "Profile from the AWS configuration files.")
  @Nullable String profile;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Endpoint for EC2 and EBS instead of AWS's own; also AWS_ENDPOINT_URL.")
  @Nullable URI endpointUrl;

  @Option(
      names = "--max-requests-per-second",
      paramLabel = "N",
      description = "Upper limit of EBS requests a second.")
  double maxRequestsPerSecond;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of EBS requests instead of the built-in ones; see docs/streaming.md.")
  @Nullable Path prices;

  Access.Aws settings() throws CommandFailure {
    URI url = endpointUrl;
    if (url != null && !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new CommandFailure(
          ExitCode.USAGE, "--endpoint-url must start with http:// or https://");
    }
    if (!(maxRequestsPerSecond >= 0) || Double.isInfinite(maxRequestsPerSecond)) {
      throw new CommandFailure(ExitCode.USAGE, "--max-requests-per-second must not be negative");
    }
    return new Access.Aws(region, profile, url, maxRequestsPerSecond, prices);
  }
}
