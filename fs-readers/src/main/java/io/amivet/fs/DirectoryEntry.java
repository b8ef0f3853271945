package io.amivet.fs;

/**
 * One name in a directory; never {@code .} or {@code ..}.
 *
 * @param name at least one byte, no NUL, no slash; do not modify
 * @param inodeNumber the inode the name leads to
 */
public record DirectoryEntry(byte[] name, long inodeNumber) {}
