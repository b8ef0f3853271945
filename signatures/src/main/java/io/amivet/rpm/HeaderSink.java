package io.amivet.rpm;

import java.io.IOException;

/** Takes the header of each installed package. */
@FunctionalInterface
public interface HeaderSink {
  /**
   * Takes one.
   *
   * @param blob a header as {@link RpmHeader#parse} takes it
   */
  void accept(byte[] blob) throws IOException;
}
