package io.amivet.cli;

import io.amivet.fs.FileEntry;
import java.io.IOException;

/** Writes entries of an image, one after the other. */
interface ListingWriter {

  /**
   * One entry to list.
   *
   * @param target of a symbolic link, else empty
   * @param sha256 digest of the contents; empty if not asked for or not to be had
   */
  record Line(int volume, FileEntry entry, byte[] target, byte[] sha256) {}

  /** What follows lies on this volume. */
  void volume(OpenVolume volume) throws IOException;

  void line(Line line) throws IOException;

  /** Writes what is still held back; the stream stays open. */
  void finish() throws IOException;
}
