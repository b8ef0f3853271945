package io.amivet.sqlite;

/**
 * A table, as {@code sqlite_schema} has it.
 *
 * @param rootPage where its b-tree begins, from 1
 * @param sql the statement that made it; may be empty
 */
public record Table(String name, long rootPage, String sql) {}
