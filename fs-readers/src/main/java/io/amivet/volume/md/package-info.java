/**
 * Linux software RAID: the superblocks of its members, and the arrays that they make. Names are
 * those of the kernel's {@code uapi/linux/raid/md_p.h}.
 */
@NullMarked
package io.amivet.volume.md;

import org.jspecify.annotations.NullMarked;
