package io.amivet.testdata.aws;

/** A way in which a request goes wrong. */
public enum FaultKind {
  /** The service asks for fewer requests. */
  THROTTLED(true),
  /** HTTP 500. */
  SERVER_ERROR(true),
  /** HTTP 503. */
  UNAVAILABLE(true),
  /** The connection ends before there is an answer. */
  CUT_CONNECTION(true),
  /** The body comes in pieces with pauses between them, but whole; blocks only. */
  SLOW_BODY(true),
  /** The checksum in the head is not that of the body; blocks only. */
  WRONG_CHECKSUM(true),
  /** The body is shorter than a block, and its head says so; blocks only. */
  WRONG_LENGTH(true),
  /** HTTP 404 for what was listed. */
  MISSING_BLOCK(false),
  /** The session that the credentials belong to has ended. */
  EXPIRED_CREDENTIALS(false),
  /** The key of an encrypted snapshot may no longer be used. */
  REVOKED_GRANT(false),
  /** The signature is for another region. */
  WRONG_REGION(false);

  private final boolean retryable;

  FaultKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same request may succeed when it is made again. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Whether the request is answered, though badly. */
  boolean damagesBody() {
    return this == SLOW_BODY || this == WRONG_CHECKSUM || this == WRONG_LENGTH;
  }

  /** The refusal, in the words of the EBS direct APIs or of EC2. */
  ApiFailure failure(boolean ebs) {
    return switch (this) {
      case THROTTLED ->
          ebs
              ? new ApiFailure(
                  400, "RequestThrottledException", "RESOURCE_LEVEL_THROTTLE", "Rate exceeded")
              : new ApiFailure(503, "RequestLimitExceeded", "", "Request limit exceeded.");
      case UNAVAILABLE ->
          new ApiFailure(503, ebs ? "ServiceUnavailableException" : "Unavailable", "", "Try later");
      case MISSING_BLOCK ->
          new ApiFailure(
              404, "ResourceNotFoundException", "SNAPSHOT_NOT_FOUND", "It does not exist.");
      case EXPIRED_CREDENTIALS ->
          new ApiFailure(
              ebs ? 403 : 400,
              ebs ? "ExpiredTokenException" : "RequestExpired",
              "",
              "The security token included in the request is expired");
      case REVOKED_GRANT ->
          new ApiFailure(
              403,
              "AccessDeniedException",
              "DEPENDENCY_ACCESS_DENIED",
              "The ciphertext refers to a key that the caller may not use");
      case WRONG_REGION ->
          new ApiFailure(
              403,
              ebs ? "InvalidSignatureException" : "AuthFailure",
              "",
              "Credential should be scoped to a valid region.");
      case SERVER_ERROR, CUT_CONNECTION, SLOW_BODY, WRONG_CHECKSUM, WRONG_LENGTH ->
          new ApiFailure(
              500, ebs ? "InternalServerException" : "InternalError", "", "An internal error");
    };
  }
}
