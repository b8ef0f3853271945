/**
 * Reads what a git repository stores, reachable or not: loose objects and packs (gitformat-pack(5),
 * gitformat-loose(5)). Needs neither refs nor indexes; every object is found by reading.
 */
@NullMarked
package io.amivet.inside.git;

import org.jspecify.annotations.NullMarked;
