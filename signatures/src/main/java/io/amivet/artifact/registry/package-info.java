/** The written list of all parsers. */
@NullMarked
package io.amivet.artifact.registry;

import org.jspecify.annotations.NullMarked;
