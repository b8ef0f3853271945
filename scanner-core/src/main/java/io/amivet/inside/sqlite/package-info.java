/** Databases of SQLite as files that hold tables. */
@NullMarked
package io.amivet.inside.sqlite;

import org.jspecify.annotations.NullMarked;
