/** Shell globs over absolute paths, matched in time bounded by the lengths of both. */
@NullMarked
package io.amivet.glob;

import org.jspecify.annotations.NullMarked;
