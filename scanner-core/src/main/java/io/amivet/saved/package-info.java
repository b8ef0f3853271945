/** Reports of earlier scans, read back from JSON. */
@NullMarked
package io.amivet.saved;

import org.jspecify.annotations.NullMarked;
