package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.ebs.EbsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's clients for one region and one set of credentials, and the connections they share. */
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(12);
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

  private final AwsOptions options;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final EbsClient ebs;
  private final Ec2Client ec2;

  /** Makes the clients, with the default chain of credentials; nothing is sent yet. */
  public static AwsClients create(AwsOptions options) throws AcquisitionException {
    return create(options, RetryPolicy.DEFAULT, null);
  }

  /**
   * Makes the clients; nothing is sent yet.
   *
   * @param given null for the default chain
   */
  static AwsClients create(
      AwsOptions options, RetryPolicy policy, @Nullable AwsCredentialsProvider given)
      throws AcquisitionException {
    URI endpoint = options.endpoint();
    if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint))) {
      throw new AcquisitionException(
          "'"
              + AwsText.clean(endpoint.toString())
              + "' is no endpoint: it must start with http://"
              + " or https:// and name a host",
          null);
    }
    try {
      return new AwsClients(options, policy, given);
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      // The SDK's words may quote the file, and the file may hold keys.
      throw new AcquisitionException(
          "the AWS configuration files cannot be read: check ~/.aws/config and"
              + " ~/.aws/credentials",
          e);
    }
  }

  private static boolean isHttp(URI endpoint) {
    return "http".equalsIgnoreCase(endpoint.getScheme())
        || "https".equalsIgnoreCase(endpoint.getScheme());
  }

  private AwsClients(AwsOptions options, RetryPolicy policy, @Nullable AwsCredentialsProvider given)
      throws AcquisitionException {
    this.options = options;
    region = region(options);
    credentials = given == null ? fromChain(options) : given;
    http =
        Apache5HttpClient.builder()
            .maxConnections(options.concurrency())
            .connectionTimeout(CONNECT_TIMEOUT)
            .connectionAcquisitionTimeout(CALL_TIMEOUT)
            .socketTimeout(READ_TIMEOUT)
            .build();
    ebs =
        configure(EbsClient.builder(), options)
            .overrideConfiguration(own ->
                own.retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallAttemptTimeout(policy.attemptTimeout())
                    .apiCallTimeout(CALL_TIMEOUT))
            .build();
    ec2 =
        configure(Ec2Client.builder(), options)
            .overrideConfiguration(own ->
                own.retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                    .apiCallAttemptTimeout(policy.attemptTimeout())
                    .apiCallTimeout(CALL_TIMEOUT))
            .build();
  }

  /** A client that asks once; whoever asks for it closes it. */
  public StsClient sts() {
    return configure(StsClient.builder(), options)
        .overrideConfiguration(
            own -> own.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(READ_TIMEOUT))
        .build();
  }

  /** A client of Systems Manager; whoever asks for it closes it. */
  public SsmClient ssm() {
    return configure(SsmClient.builder(), options)
        .overrideConfiguration(own ->
            own.retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                .apiCallTimeout(CALL_TIMEOUT))
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, AwsOptions options) {
    URI endpoint = options.endpoint();
    builder.region(region).credentialsProvider(credentials).httpClient(http);
    return endpoint == null ? builder : builder.endpointOverride(endpoint);
  }

  private static AwsCredentialsProvider fromChain(AwsOptions options) {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    String profile = options.profile();
    return profile == null ? chain.build() : chain.profileName(profile).build();
  }

  private static Region region(AwsOptions options) throws AcquisitionException {
    String named = options.region();
    if (named == null) {
      // The AWS command line reads this variable, the SDK for Java does not.
      String ofCommandLine = System.getenv("AWS_DEFAULT_REGION");
      boolean sdkHasOwn = System.getenv("AWS_REGION") != null;
      named = ofCommandLine == null || ofCommandLine.isEmpty() || sdkHasOwn ? null : ofCommandLine;
    }
    if (named != null) {
      if (!named.matches("[a-z0-9-]{1,64}")) {
        throw new AcquisitionException("'" + named + "' is not the name of an AWS region", null);
      }
      return Region.of(named);
    }
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    String profile = options.profile();
    try {
      return profile == null
          ? chain.build().getRegion()
          : chain.profileName(profile).build().getRegion();
    } catch (SdkClientException e) {
      throw new AcquisitionException(
          "no AWS region is configured: name it with --region, AWS_REGION, or 'region' in the"
              + " profile",
          e);
    }
  }

  public String region() {
    return region.id();
  }

  EbsClient ebs() {
    return ebs;
  }

  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public void close() {
    ebs.close();
    ec2.close();
    http.close();
    if (credentials instanceof DefaultCredentialsProvider chain) {
      chain.close();
    }
  }
}
