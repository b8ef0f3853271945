/** What an organisation allows: read from a file, and applied to the report of a scan. */
@NullMarked
package io.amivet.policy;

import org.jspecify.annotations.NullMarked;
