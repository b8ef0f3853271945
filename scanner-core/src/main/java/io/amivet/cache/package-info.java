/**
 * A block device over a remote source: sparse private file, filled by writes, read through a map.
 */
@NullMarked
package io.amivet.cache;

import org.jspecify.annotations.NullMarked;
