/**
 * A tree of files of this machine, such as a mounted image or a chroot, read like a file system of
 * an image. Only what lies in the tree is looked at: symbolic links are never followed, other
 * mounted file systems not entered.
 */
@NullMarked
package io.amivet.source.tree;

import org.jspecify.annotations.NullMarked;
