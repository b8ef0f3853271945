package io.amivet.source.disk;

import java.io.IOException;

/** Says of each byte of a virtual disk where it is stored. Thread-safe; reads its tables lazily. */
interface DiskMap {

  /** Size of the virtual disk. */
  long sizeBytes();

  /**
   * The run that starts at {@code offset}, up to the end of its cluster at least; it may reach past
   * the end of the disk.
   *
   * @param offset inside the disk
   * @throws io.amivet.block.CorruptImageException if the tables do not make sense here
   */
  Run runAt(long offset) throws IOException;
}
