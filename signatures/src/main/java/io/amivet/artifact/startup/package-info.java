/** What runs by itself, and the settings that decide who else may run something. */
@NullMarked
package io.amivet.artifact.startup;

import org.jspecify.annotations.NullMarked;
