/** Reads EROFS, the read-only file system of container images, Android and Bottlerocket. */
@NullMarked
package io.amivet.erofs;

import org.jspecify.annotations.NullMarked;
