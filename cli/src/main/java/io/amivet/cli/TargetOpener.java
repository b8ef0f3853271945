package io.amivet.cli;

import java.io.IOException;

/** Turns what the user typed as TARGET into open disks. */
interface TargetOpener {

  /**
   * Opens a target; the caller closes it.
   *
   * @throws IOException if it cannot be had; the message says what to do
   */
  OpenTarget open(String target, Access access) throws IOException;
}
