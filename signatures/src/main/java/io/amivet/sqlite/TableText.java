package io.amivet.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement that made a table, on one line, and its rows, a line each. The line in front keeps
 * a blob that comes first from passing for the kind of the whole.
 */
final class TableText extends PiecedStream {
  private final Pages pages;
  private final Table table;
  private final BitSet seen;
  private @Nullable TableReader reader;

  TableText(Pages pages, Table table, BitSet seen) {
    super(("-- " + table.sql().replaceAll("\\s+", " ") + "\n").getBytes(StandardCharsets.UTF_8));
    this.pages = pages;
    this.table = table;
    this.seen = seen;
  }

  /** Of a table that is damaged, all pages count as unused: what no row shows is shown as it is. */
  @Override
  byte @Nullable [] nextPiece() throws IOException {
    try {
      TableReader rows = reader;
      if (rows == null) {
        rows = new TableReader(pages, table.rootPage(), seen);
        reader = rows;
      }
      return rows.next() ? line(rows.values()) : null;
    } catch (SqliteException e) {
      seen.clear();
      throw e;
    }
  }

  /** A row with the end of its line. */
  static byte[] line(List<Value> values) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        line.write('\t');
      }
      line.writeBytes(bytes(values.get(i)));
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static byte[] bytes(Value value) {
    return switch (value) {
      case Value.Null _ -> new byte[0];
      case Value.Int number -> Long.toString(number.value()).getBytes(StandardCharsets.US_ASCII);
      case Value.Real number -> Double.toString(number.value()).getBytes(StandardCharsets.US_ASCII);
      case Value.Text text -> text.value().getBytes(StandardCharsets.UTF_8);
      case Value.Blob blob -> blob.value();
    };
  }
}
