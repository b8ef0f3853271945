/**
 * LVM2: physical volumes, the text that describes their volume group, and the logical volumes that
 * are put together of them. Names are those of LVM2's own sources ({@code lib/format_text}, {@code
 * lib/label}) and of lvm(8).
 */
@NullMarked
package io.amivet.volume.lvm;

import org.jspecify.annotations.NullMarked;
