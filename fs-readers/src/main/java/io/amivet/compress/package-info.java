/**
 * The compression methods of Linux file systems, one block at a time. Input is hostile: output and
 * memory are bounded by what the caller asks for, and any damage is a {@link
 * io.amivet.compress.DecodeException}.
 */
@NullMarked
package io.amivet.compress;

import org.jspecify.annotations.NullMarked;
