package io.amivet.xfs;

import io.amivet.block.StructView;
import io.amivet.fs.FileType;
import java.io.IOException;

/** The target of a symbolic link: inside the inode, or in up to a few blocks of its own. */
final class SymbolicLink {
  /** {@code XFS_SYMLINK_MAXLEN} of {@code xfs_format.h}. */
  private static final int MAX_TARGET_BYTES = 1024;

  private SymbolicLink() {}

  static byte[] target(Metadata metadata, DiskInode disk) throws IOException {
    StructView core = disk.core();
    if (disk.inode().type() != FileType.SYMLINK) {
      throw core.corrupt(XfsFault.INODE_TYPE, 0x02, "not a symbolic link");
    }
    long size = disk.inode().sizeBytes();
    Fork fork = disk.data();
    long limit = fork.mapped() ? MAX_TARGET_BYTES : fork.bytes().sizeBytes();
    if (size == 0 || size > limit) {
      throw core.corrupt(XfsFault.SYMLINK_LENGTH, 0x38, size + " bytes");
    }
    if (!fork.mapped()) {
      return fork.bytes().bytes(0, (int) size);
    }
    return RemoteValue.symlink(metadata, fork, (int) size);
  }
}
