package io.amivet.vectorscan;

/** Vectorscan cannot be used here, or refused what it was given. */
public final class VectorscanException extends Exception {
  private static final long serialVersionUID = 1L;

  VectorscanException(String message) {
    super(message);
  }

  VectorscanException(String message, Throwable cause) {
    super(message, cause);
  }
}
