package io.amivet.scan;

import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;

/**
 * A file system, or a subvolume of one, at its place in the image's own tree of mounts. Paths are
 * those from its root, but for {@link #onVolume}.
 *
 * @param point where the running system would mount it, {@code /} for the root
 * @param top the directory of the volume that is its root, {@code /} but for subvolumes
 */
record Mount(FsPath point, FsPath top, OpenedVolume volume, FileSystemView fs, FileTree tree) {

  Mount at(FsPath otherPoint) {
    return new Mount(otherPoint, top, volume, fs, tree);
  }

  /** The path in the whole volume, as reports name a file. */
  FsPath onVolume(FsPath inMount) {
    return below(top, inMount);
  }

  /** The path that {@code inMount} has on the running system. */
  FsPath mounted(FsPath inMount) {
    return below(point, inMount);
  }

  private static FsPath below(FsPath start, FsPath rest) {
    if (start.isRoot()) {
      return rest;
    }
    FsPath path = start;
    for (byte[] name : rest.names()) {
      path = path.resolve(name);
    }
    return path;
  }

  /** The path in this mount of a path of the running system that lies below {@link #point}. */
  FsPath inMount(FsPath mounted) {
    FsPath path = FsPath.ROOT;
    java.util.List<byte[]> names = mounted.names();
    for (byte[] name : names.subList(point.names().size(), names.size())) {
      path = path.resolve(name);
    }
    return path;
  }
}
