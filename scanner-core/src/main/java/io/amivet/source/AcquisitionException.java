package io.amivet.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The target could not be had: its message is a whole sentence that says what happened, to what,
 * and what the user can do. It never holds credentials or tokens.
 */
public final class AcquisitionException extends IOException {
  private static final long serialVersionUID = 1L;

  public AcquisitionException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
