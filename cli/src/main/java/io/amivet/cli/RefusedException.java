package io.amivet.cli;

import java.io.IOException;

/** One file of an image cannot be made on this machine; the others can. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason);
  }
}
