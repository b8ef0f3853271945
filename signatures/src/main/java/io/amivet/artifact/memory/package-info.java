/** Memory of a running machine that was written to disk. */
@NullMarked
package io.amivet.artifact.memory;

import org.jspecify.annotations.NullMarked;
