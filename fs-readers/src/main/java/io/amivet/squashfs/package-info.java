/** Reads squashfs 4.0, the compressed read-only file system of live images and snap packages. */
@NullMarked
package io.amivet.squashfs;

import org.jspecify.annotations.NullMarked;
