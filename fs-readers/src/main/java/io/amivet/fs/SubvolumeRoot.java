package io.amivet.fs;

/**
 * A part of a file system that can be mounted by itself.
 *
 * @param id what {@code subvolid=} names it by
 * @param byDefault whether a mount that names none shows it
 * @param view the same file system with this part's directory as root
 */
public record SubvolumeRoot(long id, boolean byDefault, FileSystemView view) {}
