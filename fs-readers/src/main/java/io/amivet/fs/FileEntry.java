package io.amivet.fs;

/** One name of one inode, as a walk meets it. A hard-linked file has an entry for each name. */
public record FileEntry(FsPath path, Inode inode) {}
