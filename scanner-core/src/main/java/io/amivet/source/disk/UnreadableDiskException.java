package io.amivet.source.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The disk in a file could not be had: its message is a whole sentence that says why and what the
 * user can do.
 */
public final class UnreadableDiskException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableDiskException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
