package io.amivet.scan;

/** What to say when the image itself could not be read, as opposed to being wrong. */
final class SourceFailure {
  private SourceFailure() {}

  /**
   * @param failure an {@code IOException}, or the {@link InternalError} with which the JVM reports
   *     a mapped page that is gone
   */
  static String sentence(Throwable failure) {
    return failure instanceof InternalError
        ? "the image file changed while it was read"
        : String.valueOf(failure.getMessage());
  }
}
