package io.amivet.scan;

import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;

/**
 * A file system at its place in the image's own tree of mounts.
 *
 * @param point where the running system would mount it, {@code /} for the root
 */
record Mount(FsPath point, OpenedVolume volume, FileSystemView fs, FileTree tree) {

  /** The path that {@code inVolume} has on the running system. */
  FsPath mounted(FsPath inVolume) {
    if (point.isRoot()) {
      return inVolume;
    }
    FsPath path = point;
    for (byte[] name : inVolume.names()) {
      path = path.resolve(name);
    }
    return path;
  }

  /** The path in this volume of a path of the running system that lies below {@link #point}. */
  FsPath inVolume(FsPath mounted) {
    FsPath path = FsPath.ROOT;
    java.util.List<byte[]> names = mounted.names();
    for (byte[] name : names.subList(point.names().size(), names.size())) {
      path = path.resolve(name);
    }
    return path;
  }
}
