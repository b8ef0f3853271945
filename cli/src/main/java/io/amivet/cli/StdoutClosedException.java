package io.amivet.cli;

import java.io.IOException;

/** The reader of standard output went away, as {@code head} does. Not an error of anyone. */
final class StdoutClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  StdoutClosedException(IOException cause) {
    super(cause);
  }
}
