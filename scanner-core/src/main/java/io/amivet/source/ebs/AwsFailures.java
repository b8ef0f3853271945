package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ebs.model.AccessDeniedException;
import software.amazon.awssdk.services.ebs.model.RequestThrottledException;
import software.amazon.awssdk.services.ebs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ebs.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ebs.model.ValidationException;

/** Sorts the SDK's exceptions, and says each in a sentence that tells the user what to do. */
public final class AwsFailures {
  private static final int MAX_CAUSES = 20;
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> NOT_PERMITTED =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "OptInRequired");
  private static final String CONFIGURE_CREDENTIALS =
      "configure them with 'aws configure' or 'aws sso login', name a profile with --aws-profile,"
          + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

  private AwsFailures() {}

  /**
   * What a request was about.
   *
   * @param action the IAM action it needs: {@code ebs:GetSnapshotBlock}
   * @param subject what it was about, for the sentence: {@code snapshot snap-…}
   * @param arn the resource a policy must name
   * @param failing what it could not do: {@code cannot be read}
   */
  public record Request(String action, String subject, String arn, String failing) {
    Request(String action, String subject, String arn) {
      this(action, subject, arn, "cannot be read");
    }

    String failed() {
      return subject + " " + failing + ": ";
    }
  }

  static boolean isThrottling(Exception e) {
    return e instanceof RequestThrottledException
        || (e instanceof SdkServiceException service && service.isThrottlingException());
  }

  static boolean isWorthRetrying(Exception e) {
    return switch (e) {
      case SdkServiceException service -> isThrottling(service) || service.statusCode() >= 500;
      case SdkClientException client -> !isLackOfCredentials(client) && !isAborted(client);
      default -> e instanceof EbsCalls.BadBlockException;
    };
  }

  static boolean isUnreachable(Exception e) {
    return hasCause(e, UnknownHostException.class)
        || hasCause(e, ConnectException.class)
        || hasCause(e, NoRouteToHostException.class);
  }

  static boolean isAborted(Exception e) {
    return e instanceof AbortedException;
  }

  static boolean isInvalidBlockToken(Exception e) {
    return e instanceof ValidationException invalid
        && "INVALID_BLOCK_TOKEN".equals(invalid.reasonAsString());
  }

  /** Whether every other block of the snapshot would meet the same answer. */
  static boolean concernsWholeSnapshot(Exception e) {
    return e instanceof AccessDeniedException
        || e instanceof ResourceNotFoundException
        || e instanceof ServiceQuotaExceededException
        || isLackOfCredentials(e)
        || (e instanceof AwsServiceException service
            && (BAD_CREDENTIALS.contains(code(service)) || NOT_PERMITTED.contains(code(service))));
  }

  /** AWS's name of the error; empty if it gave none. */
  public static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** The sentence for a request that failed for good. */
  public static AcquisitionException explain(Exception e, Request request, int attempts) {
    String sentence =
        switch (e) {
          case AccessDeniedException denied -> accessDenied(denied, request);
          case ResourceNotFoundException missing -> notFound(missing, request);
          case ValidationException invalid -> invalid(invalid, request);
          case AwsServiceException service -> service(service, request, attempts);
          case EbsCalls.BadBlockException bad ->
              request.failed()
                  + detail(bad)
                  + ", "
                  + attempts
                  + " times; the endpoint or something before it damages the data";
          default -> client(e, request, attempts);
        };
    return new AcquisitionException(sentence, e);
  }

  private static String accessDenied(AccessDeniedException e, Request request) {
    if ("DEPENDENCY_ACCESS_DENIED".equals(e.reasonAsString())) {
      return request.subject()
          + " is encrypted and AWS denied the use of its key: allow kms:Decrypt (and"
          + " kms:DescribeKey) on that KMS key to the caller";
    }
    return "AWS denied access to "
        + request.subject()
        + ": "
        + allow(request)
        + "; if another account owns the snapshot or it is public, the EBS direct APIs do not read"
        + " it: copy it first ('aws ec2 copy-snapshot') and scan the copy ("
        + detail(e)
        + ")";
  }

  private static String allow(Request request) {
    return "allow " + request.action() + " on " + request.arn() + " to the caller";
  }

  private static String notFound(ResourceNotFoundException e, Request request) {
    String reason = String.valueOf(e.reasonAsString());
    if (reason.startsWith("GRANT") || reason.startsWith("DEPENDENCY")) {
      return request.subject()
          + " depends on a KMS key or grant that does not exist any more ("
          + detail(e)
          + ")";
    }
    return request.subject()
        + " does not exist in this region, or is not visible to this account: check the id,"
        + " --region and --aws-profile";
  }

  private static String invalid(ValidationException e, Request request) {
    return switch (String.valueOf(e.reasonAsString())) {
      case "INVALID_SNAPSHOT_ID" ->
          request.subject()
              + " cannot be read: it must be completed and in the standard tier (restore an"
              + " archived one with 'aws ec2 restore-snapshot-tier'; up to 72 hours) ("
              + detail(e)
              + ")";
      case "INVALID_BLOCK_TOKEN" ->
          request.subject()
              + " cannot be read: AWS refuses the block token although it has just been issued";
      default -> request.failed() + detail(e);
    };
  }

  private static String service(AwsServiceException e, Request request, int attempts) {
    String code = code(e);
    if (BAD_CREDENTIALS.contains(code)) {
      return "AWS does not accept the credentials (" + code + "): " + CONFIGURE_CREDENTIALS;
    }
    if (NOT_PERMITTED.contains(code)) {
      return "AWS denied the request about " + request.subject() + ": " + allow(request);
    }
    if (isThrottling(e)) {
      return request.failed()
          + "AWS still throttles after "
          + attempts
          + " tries; lower --max-requests-per-second or ask for a higher quota";
    }
    if (e.statusCode() >= 500) {
      return request.failed()
          + "the endpoint answered with its own failure (HTTP "
          + e.statusCode()
          + ") "
          + attempts
          + " times; stand-ins for AWS answer so when the id does not exist ("
          + detail(e)
          + ")";
    }
    return request.failed() + "AWS answered " + code + " (" + detail(e) + ")";
  }

  private static String client(Exception e, Request request, int attempts) {
    String place = request.failed();
    if (isLackOfCredentials(e)) {
      return place + "no usable AWS credentials: " + CONFIGURE_CREDENTIALS;
    }
    UnknownHostException unknown = cause(e, UnknownHostException.class);
    if (unknown != null) {
      return place
          + "the host "
          + detail(unknown)
          + " is unknown: check --region, --endpoint-url and the network";
    }
    if (isUnreachable(e)) {
      return place
          + "nothing answers at the endpoint: check --endpoint-url and the network ("
          + detail(e)
          + ")";
    }
    if (e instanceof ApiCallAttemptTimeoutException || e instanceof ApiCallTimeoutException) {
      return place + "the endpoint did not answer in time, " + attempts + " times";
    }
    return place + detail(e);
  }

  static boolean isLackOfCredentials(Exception e) {
    if (!(e instanceof SdkClientException)) {
      return false;
    }
    String message = String.valueOf(e.getMessage());
    return message.contains("Unable to load credentials")
        || message.contains("Profile file contained no information")
        || message.contains("Profile file contained no credentials")
        || message.contains("Failed to load credentials");
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    return cause(e, type) != null;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
    Throwable at = e;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }

  /** What the remote side says, or else the SDK, fit for a terminal. */
  static String detail(Exception e) {
    AwsErrorDetails details = e instanceof AwsServiceException s ? s.awsErrorDetails() : null;
    String text = details == null ? null : details.errorMessage();
    return AwsText.clean(text == null ? String.valueOf(e.getMessage()) : text);
  }
}
