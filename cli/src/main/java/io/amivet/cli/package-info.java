/** The command line: the only place that knows everybody. */
@NullMarked
package io.amivet.cli;

import org.jspecify.annotations.NullMarked;
