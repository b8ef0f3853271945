package io.amivet.fs;

import io.amivet.block.Fault;

/** Contradictions in the tree of directories, whatever the format. */
public enum FileTreeFault implements Fault {
  ROOT_IS_NO_DIRECTORY("tree.root", "root is not a directory"),
  DIRECTORY_CYCLE("tree.directory.cycle", "directory reached a second time"),
  TOO_DEEP("tree.depth", "directories nested too deep"),
  TOO_MANY_ENTRIES("tree.entries", "more entries than there is memory for"),
  CHILD_UNREADABLE("tree.child", "inode of an entry cannot be read"),
  DIRECTORY_UNREADABLE("tree.directory", "directory cannot be read"),
  DIRECTORY_INCOMPLETE("tree.directory.incomplete", "names of a directory are lost"),
  SYMLINK_LOOP("tree.symlink.loop", "too many levels of symbolic links");

  private final String code;
  private final String summary;

  FileTreeFault(String code, String summary) {
    this.code = code;
    this.summary = summary;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String summary() {
    return summary;
  }
}
