package io.amivet.inside.sqlite;

import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import io.amivet.sqlite.SqliteLog;
import java.io.IOException;

/**
 * The write-ahead logs of SQLite databases, which hold the last rows of a machine that was running:
 * the rows that lie on one page, and the pages as they are.
 */
public final class SqliteLogFormat implements InsideFormat {
  private static final int FIRST_BYTE = 0x37;

  @Override
  public String name() {
    return "SQLite write-ahead log";
  }

  @Override
  public boolean recognises(Head head) {
    return head.at(0) == FIRST_BYTE && SqliteLog.recognises(head.toBytes());
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    SqliteLog log = SqliteLog.open(new DeviceBytes(file.device()));
    visitor.member(Member.named("rows"), log.rows());
    visitor.member(Member.named("pages"), log.pages());
  }
}
