/**
 * Parsers that confirm: each understands one kind of file and says what is in it, so that comments,
 * examples, empty files and placeholders never become findings.
 *
 * <p>A parser reports facts ({@link io.amivet.artifact.Artifact}), not findings: rules decide which
 * facts matter to whom.
 */
@NullMarked
package io.amivet.artifact;

import org.jspecify.annotations.NullMarked;
