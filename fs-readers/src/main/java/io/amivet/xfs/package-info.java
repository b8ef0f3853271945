/** XFS versions 4 and 5, as {@code fs/xfs/libxfs/xfs_format.h} defines them. */
@NullMarked
package io.amivet.xfs;

import org.jspecify.annotations.NullMarked;
