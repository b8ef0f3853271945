/** Writes a report; one class per format. */
@NullMarked
package io.amivet.report;

import org.jspecify.annotations.NullMarked;
