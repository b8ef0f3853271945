package io.amivet.scan;

import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import java.util.List;
import java.util.Map;

/**
 * A file system, or a part of one, at its place in the image's own tree of mounts. Paths are those
 * from its root, but for {@link #onVolume}.
 *
 * @param point where the running system would mount it, {@code /} for the root
 * @param top the directory of the volume that is its root, {@code /} but for subvolumes and layers
 *     of containers
 * @param labels what findings in it say besides: which layer it is
 */
record Mount(
    FsPath point,
    FsPath top,
    OpenedVolume volume,
    FileSystemView fs,
    FileTree tree,
    Map<String, String> labels) {

  Mount(FsPath point, FsPath top, OpenedVolume volume, FileSystemView fs, FileTree tree) {
    this(point, top, volume, fs, tree, Map.of());
  }

  Mount at(FsPath otherPoint) {
    return new Mount(otherPoint, top, volume, fs, tree, labels);
  }

  Mount holding(FileTree entries) {
    return new Mount(point, top, volume, fs, entries, labels);
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
    return without(point, mounted);
  }

  /** The path in this mount of a path of the volume that lies below {@link #top}. */
  FsPath fromVolume(FsPath onVolume) {
    return without(top, onVolume);
  }

  private static FsPath without(FsPath start, FsPath path) {
    FsPath rest = FsPath.ROOT;
    List<byte[]> names = path.names();
    for (byte[] name : names.subList(start.names().size(), names.size())) {
      rest = rest.resolve(name);
    }
    return rest;
  }
}
