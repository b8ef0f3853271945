package io.amivet.sqlite;

import java.io.IOException;
import java.util.List;

/** Takes the rows of a table in the order of their ids. */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes one.
   *
   * @param values the columns as stored: rows made before a column was added have fewer, and a
   *     column that stands for the row's id is {@link Value#NULL}
   * @throws IOException to end the reading
   */
  void accept(long rowId, List<Value> values) throws IOException;
}
