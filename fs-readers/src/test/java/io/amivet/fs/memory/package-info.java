/** A file system in memory for the tests of this and other modules. */
@NullMarked
package io.amivet.fs.memory;

import org.jspecify.annotations.NullMarked;
