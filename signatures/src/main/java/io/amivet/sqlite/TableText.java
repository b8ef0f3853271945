package io.amivet.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The rows of a table, a line each. */
final class TableText extends PiecedStream {
  private final Pages pages;
  private final long rootPage;
  private final BitSet seen;
  private @Nullable TableReader reader;

  TableText(Pages pages, long rootPage, BitSet seen) {
    this.pages = pages;
    this.rootPage = rootPage;
    this.seen = seen;
  }

  /** Of a table that is damaged, all pages count as unused: what no row shows is shown as it is. */
  @Override
  byte @Nullable [] nextPiece() throws IOException {
    try {
      return nextLine();
    } catch (SqliteException e) {
      seen.clear();
      throw e;
    }
  }

  private byte @Nullable [] nextLine() throws IOException {
    TableReader rows = reader;
    if (rows == null) {
      rows = new TableReader(pages, rootPage, seen);
      reader = rows;
    }
    if (!rows.next()) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i < rows.values().size(); i++) {
      if (i > 0) {
        line.write('\t');
      }
      line.writeBytes(bytes(rows.values().get(i)));
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
