package io.amivet.cli;

import java.io.IOException;

/** A command cannot go on, for a reason the user can act on: one sentence and an exit code. */
final class CommandFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  CommandFailure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
