package io.amivet.source.tree;

import java.io.IOException;

/** A system call that failed, with its {@code errno} (asm-generic/errno-base.h). */
final class HostCallException extends IOException {
  private static final long serialVersionUID = 1L;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int ELOOP = 40;

  private final int errno;

  HostCallException(String call, int errno) {
    super(call + " failed with error " + errno);
    this.errno = errno;
  }

  int errno() {
    return errno;
  }

  /** How this looks as a fault of the file that the call was about. */
  TreeFault fault() {
    return switch (errno) {
      case EPERM, EACCES -> TreeFault.DENIED;
      // What was a directory or file a moment ago is gone, or a link now.
      case ENOENT, ENOTDIR, ELOOP -> TreeFault.CHANGED;
      default -> TreeFault.FAILED;
    };
  }
}
