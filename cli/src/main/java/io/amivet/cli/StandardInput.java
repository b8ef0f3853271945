package io.amivet.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;

/**
 * What the process reads from, for an image as {@code -}.
 *
 * @param isTerminal whether a person would have to type it
 */
record StandardInput(InputStream stream, boolean isTerminal) {

  /** Of this process; the launcher says whether it is a terminal. */
  static StandardInput ofProcess() {
    return new StandardInput(
        new FileInputStream(FileDescriptor.in), Boolean.getBoolean("amivet.stdinIsTerminal"));
  }
}
