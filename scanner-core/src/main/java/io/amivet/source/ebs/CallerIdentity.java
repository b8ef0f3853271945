package io.amivet.source.ebs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Asks STS whose credentials are in use, beside the scan: {@code sts:GetCallerIdentity} needs no
 * permission. Where STS cannot be reached nothing is known, and nothing else suffers.
 */
final class CallerIdentity {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CompletableFuture<String> arn = new CompletableFuture<>();

  private CallerIdentity() {}

  /** Starts to ask; closes {@code sts} when it has the answer. */
  static CallerIdentity ask(StsClient sts) {
    CallerIdentity asked = new CallerIdentity();
    Thread.ofVirtual()
        .name("caller-identity")
        .start(() -> {
          try (sts) {
            String answer = sts.getCallerIdentity().arn();
            asked.arn.complete(answer == null ? "" : AwsText.clean(answer));
          } catch (SdkException | IllegalStateException unknown) {
            asked.arn.complete("");
          } finally {
            asked.arn.complete("");
          }
        });
    return asked;
  }

  /** The ARN; empty if it is not known by now, or within a few seconds. */
  String arn() {
    try {
      return arn.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (ExecutionException | TimeoutException unknown) {
      return "";
    }
  }
}
