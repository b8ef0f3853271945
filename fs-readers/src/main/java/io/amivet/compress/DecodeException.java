package io.amivet.compress;

import java.io.IOException;

/** Compressed bytes that contradict their method, or ask for more memory than they may. */
public final class DecodeException extends IOException {
  private static final long serialVersionUID = 1L;

  DecodeException(String message) {
    super(message);
  }

  DecodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
