package io.amivet.sqlite;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A table, as {@code sqlite_schema} has it.
 *
 * @param rootPage where its b-tree begins, from 1
 * @param sql the statement that made it; may be empty
 */
public record Table(String name, long rootPage, String sql) {
  private static final Pattern WITHOUT_ROW_IDS =
      Pattern.compile("\\bwithout\\s+rowid\\b[^)]*$", Pattern.CASE_INSENSITIVE);

  /** Whether it is a tree of rows; a table declared {@code WITHOUT ROWID} is kept as an index. */
  public boolean hasRowIds() {
    return !WITHOUT_ROW_IDS.matcher(sql).find();
  }

  /** The names of its columns, in the order in which a row stores their values. */
  public List<String> columns() {
    return TableColumns.of(sql);
  }
}
