/** Partition tables and the list of volumes that an image holds. */
@NullMarked
package io.amivet.volume;

import org.jspecify.annotations.NullMarked;
