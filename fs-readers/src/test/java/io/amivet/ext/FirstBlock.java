package io.amivet.ext;

import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.Inode;
import java.io.IOException;

/** Where on the volume a file begins. */
final class FirstBlock {
  private FirstBlock() {}

  static long of(FileSystemView fs, Inode inode) throws IOException {
    return ((FileContent.Mapped) fs.content(inode)).extents().getFirst().volumeOffset();
  }
}
