/** Parsers for the files that tools keep credentials in. */
@NullMarked
package io.amivet.artifact.credential;

import org.jspecify.annotations.NullMarked;
