/** Which files and extents are read, in the order of the disk, for which rules. */
@NullMarked
package io.amivet.plan;

import org.jspecify.annotations.NullMarked;
