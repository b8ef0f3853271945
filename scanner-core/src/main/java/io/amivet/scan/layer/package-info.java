/** Where container engines keep layers, and what they say of them. */
@NullMarked
package io.amivet.scan.layer;

import org.jspecify.annotations.NullMarked;
