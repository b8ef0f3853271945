package io.amivet.rpm;

import java.io.IOException;

/** A database that is damaged, or of a kind that is not read. */
public final class RpmException extends IOException {
  private static final long serialVersionUID = 1L;

  RpmException(String message) {
    super(message);
  }
}
