package io.amivet.cli;

import io.amivet.fs.FileEntry;
import java.io.IOException;

/** Writes the times of files, one file after the other. */
interface TimelineWriter {

  /**
   * @param target of a symbolic link, else empty
   */
  void entry(int volume, FileEntry entry, byte[] target) throws IOException;

  /** Writes what is still held back; the stream stays open. */
  void finish() throws IOException;
}
