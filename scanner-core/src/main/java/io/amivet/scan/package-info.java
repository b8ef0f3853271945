/** Runs a scan from volumes to report, and turns faults into anomalies. */
@NullMarked
package io.amivet.scan;

import org.jspecify.annotations.NullMarked;
