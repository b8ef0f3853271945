/** Small files of the base system that name one instance or reach into every process. */
@NullMarked
package io.amivet.artifact.system;

import org.jspecify.annotations.NullMarked;
