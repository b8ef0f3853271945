package io.amivet.inside;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file that is looked into. A format asks either for the stream or for the device, once: a member
 * of an archive can be read only once.
 */
public interface InsideFile {

  /** The last name of its path, Latin-1 text; not to be trusted. */
  String name();

  /** All bytes from the first on. Buffered: small reads cost little. Closing it does nothing. */
  InputStream stream() throws IOException;

  /**
   * The file for reading by position, valid until {@link InsideFormat#members} returns. A file of
   * the image is read in place; a member of an archive is held in memory.
   *
   * @throws NotSearchedException if it is larger than what is held in memory
   */
  BlockDevice device() throws IOException;

  /**
   * Asks for leave to use much memory, such as for a decoder's dictionary, which is given to one
   * file at a time and held until {@link InsideFormat#members} of the outermost file returns.
   *
   * @throws NotSearchedException if it is more than any file gets
   */
  void useMemory(long bytes) throws IOException;
}
