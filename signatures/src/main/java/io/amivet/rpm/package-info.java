/**
 * The package databases of rpm, in all three forms, and the headers that they hold. What is read
 * comes from an image: every number is checked before it is used, and a database that contradicts
 * itself ends in a {@link io.amivet.rpm.RpmException}.
 */
@NullMarked
package io.amivet.rpm;

import org.jspecify.annotations.NullMarked;
