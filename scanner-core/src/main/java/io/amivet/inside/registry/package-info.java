/** Knows every kind of file that is looked into. */
@NullMarked
package io.amivet.inside.registry;

import org.jspecify.annotations.NullMarked;
