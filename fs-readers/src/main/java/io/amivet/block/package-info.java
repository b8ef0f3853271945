/**
 * Read-only bytes by absolute offset, and the tools to take on-disk structures out of them.
 *
 * <p>Everything above this package (volumes, file systems, the scanner) sees an image only as a
 * {@link io.amivet.block.BlockDevice}. Parsers take a {@link io.amivet.block.StructView} of the
 * exact size of one structure, give it the kernel's name, and read fields from it at the offsets
 * that the kernel's header states.
 */
@NullMarked
package io.amivet.block;

import org.jspecify.annotations.NullMarked;
