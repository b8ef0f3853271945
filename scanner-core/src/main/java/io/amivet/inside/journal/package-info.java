/**
 * Reads journals of systemd, with fields that are compressed (systemd.io, "Journal File Format";
 * {@code journal-def.h}).
 */
@NullMarked
package io.amivet.inside.journal;

import org.jspecify.annotations.NullMarked;
