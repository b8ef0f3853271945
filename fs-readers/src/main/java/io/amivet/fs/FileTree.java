package io.amivet.fs;

import java.util.List;

/**
 * The result of a walk: every entry reachable from the root.
 *
 * @param entries the root first, then level by level; within a level in the order of the inodes on
 *     disk, a very large level in several such runs
 * @param complete false if a directory or inode could not be read wholly or a limit cut the walk
 *     short; the anomalies say which
 * @param unreadable paths that were named by a directory but could not be read, and directories
 *     some of whose names are lost; the first 100,000 of them
 */
public record FileTree(List<FileEntry> entries, boolean complete, List<FsPath> unreadable) {
  public FileTree {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }
}
