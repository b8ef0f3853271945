/**
 * ext2, ext3 and ext4, as {@code Documentation/filesystems/ext4} and {@code ext4.h} define them.
 */
@NullMarked
package io.amivet.ext;

import org.jspecify.annotations.NullMarked;
