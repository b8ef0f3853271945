/**
 * Histories that shells, database clients, interpreters and editors keep, and the secrets that were
 * typed into them.
 */
@NullMarked
package io.amivet.artifact.history;

import org.jspecify.annotations.NullMarked;
