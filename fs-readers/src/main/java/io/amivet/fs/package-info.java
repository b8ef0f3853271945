/**
 * What every file system looks like to the rest of amivet: inodes by number, directories by inode,
 * contents as extents, and one walk that all formats share.
 *
 * <p>A format implements {@link io.amivet.fs.FileSystemFormat} and {@link
 * io.amivet.fs.FileSystemView} and nothing else; walking ({@link io.amivet.fs.TreeWalk}), path
 * lookup ({@link io.amivet.fs.PathLookup}) and reading contents ({@link
 * io.amivet.fs.ContentReader}) are written once, here.
 */
@NullMarked
package io.amivet.fs;

import org.jspecify.annotations.NullMarked;
