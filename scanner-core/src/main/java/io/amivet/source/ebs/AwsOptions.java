package io.amivet.source.ebs;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How to reach AWS.
 *
 * @param region null to take it from the environment or the profile
 * @param profile a profile of the shared AWS configuration; null for the default chain
 * @param endpoint serves both EC2 and EBS; null for the SDK's own choice, which honours {@code
 *     AWS_ENDPOINT_URL} and {@code AWS_ENDPOINT_URL_EBS}
 * @param maxRequestsPerSecond ceiling for requests to the EBS direct APIs
 * @param concurrency blocks fetched side by side
 * @param prices what requests are said to cost
 */
public record AwsOptions(
    @Nullable String region,
    @Nullable String profile,
    @Nullable URI endpoint,
    double maxRequestsPerSecond,
    int concurrency,
    EbsPrices prices) {
  /**
   * The quota that AWS grants per snapshot and does not raise; whoever gets less is slowed down.
   */
  public static final double DEFAULT_REQUESTS_PER_SECOND = 1000;

  /**
   * Enough for the quota at 150 ms a request. The pacer, not this, decides how many are under way
   * at a service that answers faster: a hundredth of a second times 1000 requests are ten.
   */
  public static final int DEFAULT_CONCURRENCY = 160;

  /** Everything from the environment. */
  public static final AwsOptions DEFAULTS =
      new AwsOptions(null, null, null, DEFAULT_REQUESTS_PER_SECOND, DEFAULT_CONCURRENCY);

  /** With the prices that amivet comes with. */
  public AwsOptions(
      @Nullable String region,
      @Nullable String profile,
      @Nullable URI endpoint,
      double maxRequestsPerSecond,
      int concurrency) {
    this(region, profile, endpoint, maxRequestsPerSecond, concurrency, EbsPrices.builtIn());
  }

  public AwsOptions {
    if (!(maxRequestsPerSecond > 0) || concurrency < 1) {
      throw new IllegalArgumentException(
          "maxRequestsPerSecond=" + maxRequestsPerSecond + " concurrency=" + concurrency);
    }
  }
}
