package io.amivet.testdata.aws;

/** An error as the services report it: HTTP status, modelled code, sentence, and reason. */
final class ApiFailure extends Exception {
  private static final long serialVersionUID = 1L;

  final int status;
  final String code;
  final String reason;

  ApiFailure(int status, String code, String reason, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }

  static ApiFailure validation(String reason, String message) {
    return new ApiFailure(400, "ValidationException", reason, message);
  }

  static ApiFailure notFound(String snapshotId) {
    return new ApiFailure(
        404,
        "ResourceNotFoundException",
        "SNAPSHOT_NOT_FOUND",
        "The snapshot '" + snapshotId + "' does not exist.");
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
