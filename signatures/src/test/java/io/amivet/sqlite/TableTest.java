package io.amivet.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static List<String> columns(String sql) {
    return new Table("t", 2, sql).columns();
  }

  @Test
  void columnsAreInTheOrderOfTheStatement() {
    assertThat(columns("CREATE TABLE t(id integer primary key, word text)"))
        .containsExactly("id", "word");
    assertThat(
            columns("CREATE TABLE \"a(b\" (\"x, y\" text, [two words] int, `z``` , 'q''q' real)"))
        .containsExactly("x, y", "two words", "z`", "q'q");
    assertThat(columns("CREATE TABLE t(a decimal(10, 2) default (1 + (2)), b text default 'x,(y')"))
        .containsExactly("a", "b");
  }

  @Test
  void constraintsAndCommentsAreNoColumns() {
    assertThat(
            columns(
                """
                CREATE TABLE t(
                  a text, -- the first, of
                  /* two, */ b int check (b > 0),
                  "check" int,
                  UNIQUE(a, b), PRIMARY KEY(a), CONSTRAINT c CHECK(a <> ''),
                  FOREIGN KEY(b) REFERENCES u(b)) WITHOUT ROWID\
                """))
        .containsExactly("a", "b", "check");
  }

  @Test
  void whatIsComputedWhenReadIsNotInARow() {
    assertThat(
            columns(
                "CREATE TABLE t(a int, b int generated always as (a * 2), c int as(a) virtual,"
                    + " d int as (a + 1) stored, e text)"))
        .containsExactly("a", "d", "e");
  }

  @Test
  void anythingElseHasNone() {
    assertThat(columns("")).isEmpty();
    assertThat(columns("CREATE VIRTUAL TABLE t USING")).isEmpty();
    assertThat(columns("CREATE TABLE t(a int, \"b")).containsExactly("a");
    assertThat(columns("(".repeat(100_000))).isEmpty();
  }
}
