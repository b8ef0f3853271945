/**
 * Reads tables of SQLite 3 databases, as "Database File Format" of sqlite.org describes them. What
 * is read comes from an image: every number is checked before it is used, loops are bounded by the
 * pages of the file, and a database that contradicts itself ends in a {@link
 * io.amivet.sqlite.SqliteException}.
 */
@NullMarked
package io.amivet.sqlite;

import org.jspecify.annotations.NullMarked;
