/** The verdict as values: findings, coverage, report, fingerprints. */
@NullMarked
package io.amivet.finding;

import org.jspecify.annotations.NullMarked;
