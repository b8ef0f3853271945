package io.amivet.inside.sqlite;

import io.amivet.file.FileBytes;
import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import io.amivet.sqlite.SqliteDatabase;
import io.amivet.sqlite.SqliteException;
import io.amivet.sqlite.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * SQLite databases: each table is a member, {@code tables/NAME}, a row a line, so that values which
 * lie in pieces all over the file are searched as a whole, in UTF-8 whatever their encoding is. The
 * last member, {@code unused}, is what no row holds: deleted rows, free pages, indexes.
 *
 * <p>A write-ahead log beside the database is a file of its own: {@link SqliteLogFormat}.
 */
public final class SqliteFormat implements InsideFormat {
  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public boolean recognises(Head head) {
    return head.at(0) == 'S' && SqliteDatabase.recognises(head.toBytes());
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    SqliteDatabase database =
        SqliteDatabase.open(new DeviceBytes(file.device()), FileBytes.of(new byte[0]));
    List<Table> tables;
    try {
      tables = database.tables();
    } catch (SqliteException e) {
      visitor.notSearched("tables", String.valueOf(e.getMessage()));
      tables = List.of();
    }
    for (Table table : tables) {
      String name = "tables/" + latin1(table.name().replace('/', '_'));
      if (table.hasRowIds()) {
        try {
          visitor.member(Member.named(name), database.text(table));
        } catch (SqliteException e) {
          visitor.notSearched(name, String.valueOf(e.getMessage()));
        }
      }
    }
    visitor.member(Member.named("unused"), database.unused());
  }

  /** Names of members are bytes, one char each. */
  private static String latin1(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
