package io.amivet.sqlite;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A database whose tables can be read. For one thread. */
public final class SqliteDatabase {
  private static final long SCHEMA_PAGE = 1;
  private static final int MAX_TABLES = 10_000;
  private static final int SCHEMA_COLUMNS = 5;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final Pages pages;
  private final BitSet used = new BitSet();

  private SqliteDatabase(Pages pages) {
    this.pages = pages;
  }

  /** Whether a file that starts so is one. */
  public static boolean recognises(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Opens a database.
   *
   * @param wal the file {@code -wal} beside it, without which its last transactions are missing; a
   *     file of no bytes if there is none
   * @throws SqliteException if it is none
   */
  public static SqliteDatabase open(FileBytes file, FileBytes wal) throws IOException {
    return new SqliteDatabase(new Pages(file, wal));
  }

  /** The tables with rows, in the order of their making; virtual ones have none. */
  public List<Table> tables() throws IOException {
    List<Table> tables = new ArrayList<>();
    readAll(
        SCHEMA_PAGE,
        (_, values) -> {
          if (values.size() >= SCHEMA_COLUMNS
              && tables.size() < MAX_TABLES
              && values.get(0) instanceof Value.Text type
              && type.value().equals("table")
              && values.get(1) instanceof Value.Text name
              && values.get(3) instanceof Value.Int root
              && root.value() > 0) {
            String sql = values.get(4) instanceof Value.Text text ? text.value() : "";
            tables.add(new Table(name.value(), root.value(), sql));
          }
        });
    return tables;
  }

  private void readAll(long rootPage, RowSink sink) throws IOException {
    TableReader reader = new TableReader(pages, rootPage, new BitSet());
    while (reader.next()) {
      sink.accept(reader.rowId(), reader.values());
    }
  }

  /**
   * A table as lines of text: a comment with the statement that made it, then the values of each
   * row with tabs between them, blobs as they are. What the text holds of a damaged table is
   * followed by the exception.
   */
  public InputStream text(Table table) {
    return new TableText(pages, table, used);
  }

  /**
   * What is in no row that {@link #text} delivered: free pages, the room in pages, where deleted
   * rows lie until they are overwritten, and indexes. To be read last.
   */
  public InputStream unused() {
    return new UnusedBytes(pages, used);
  }

  /**
   * Reads all rows of a table.
   *
   * @throws SqliteException if it is damaged, or kept without row ids; rows met before were handed
   *     on
   */
  public void rows(Table table, RowSink sink) throws IOException {
    readAll(table.rootPage(), sink);
  }
}
