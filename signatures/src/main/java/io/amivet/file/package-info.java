/** Files of an image by position, for what reads databases. */
@NullMarked
package io.amivet.file;

import org.jspecify.annotations.NullMarked;
