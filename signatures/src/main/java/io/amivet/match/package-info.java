/** Finds token patterns in the bytes of all files, in one pass for all rules. */
@NullMarked
package io.amivet.match;

import org.jspecify.annotations.NullMarked;
