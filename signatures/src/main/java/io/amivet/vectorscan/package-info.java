/**
 * Vectorscan, a library that matches many expressions over bytes at once, called through {@code
 * java.lang.foreign}: what {@code hs.h} declares, with memory that is freed.
 */
@NullMarked
package io.amivet.vectorscan;

import org.jspecify.annotations.NullMarked;
