package io.amivet.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A database that {@code testdata/make/make-rpmdb.sh} made, with its write-ahead log. */
class SqliteDatabaseTest {
  private static final FileBytes NO_LOG = FileBytes.of(new byte[0]);

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = SqliteDatabaseTest.class.getResourceAsStream("/io/amivet/rpm/" + name)) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static List<String> words(SqliteDatabase database) throws IOException {
    List<String> words = new ArrayList<>();
    for (Table table : database.tables()) {
      if (table.name().equals("Later")) {
        assertThat(table.sql()).isEqualTo("CREATE TABLE Later(id integer primary key, word text)");
        database.rows(
            table,
            (id, values) -> {
              assertThat(values.get(0)).isEqualTo(Value.NULL);
              words.add(id + " " + ((Value.Text) values.get(1)).value());
            });
      }
    }
    return words;
  }

  @Test
  void whatIsCommittedToTheLogIsRead() throws IOException {
    byte[] file = unpacked("wal.sqlite.gz");
    byte[] log = unpacked("wal.sqlite-wal.gz");
    List<String> words = words(SqliteDatabase.open(FileBytes.of(file), FileBytes.of(log)));
    assertThat(words).hasSize(300).startsWith("1 word 0", "2 word 1").endsWith("300 word 299");
    assertThat(words(SqliteDatabase.open(FileBytes.of(file), NO_LOG))).isEmpty();
  }

  @Test
  void aLogThatWasCutOffLosesItsLastTransactionOnly() throws IOException {
    byte[] file = unpacked("wal.sqlite.gz");
    byte[] log = unpacked("wal.sqlite-wal.gz");
    byte[] cut = java.util.Arrays.copyOf(log, log.length - 1);
    SqliteDatabase database = SqliteDatabase.open(FileBytes.of(file), FileBytes.of(cut));
    assertThat(database.tables()).extracting(Table::name).contains("Packages", "Later");
    assertThat(words(database)).isEmpty();
  }

  @Test
  void aLogShowsItsRowsWithoutTheDatabase() throws IOException {
    byte[] log = unpacked("wal.sqlite-wal.gz");
    assertThat(SqliteLog.recognises(log)).isTrue();
    SqliteLog opened = SqliteLog.open(FileBytes.of(log));
    String rows = new String(opened.rows().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(rows.lines()).contains("\tword 0", "\tword 150", "\tword 299");
    byte[] pages = opened.pages().readAllBytes();
    assertThat(pages.length - 1).isEqualTo((log.length - 32) / (24 + 4096) * 4096);
    assertThat(SqliteLog.recognises(unpacked("wal.sqlite.gz"))).isFalse();
  }

  /** Whatever a log holds, reading it ends. */
  @Test
  void aDamagedLogIsReadToItsEnd() throws IOException {
    byte[] whole = unpacked("wal.sqlite-wal.gz");
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 40; i++) {
        damaged[32 + random.nextInt(damaged.length - 32)] = (byte) random.nextInt();
      }
      SqliteLog log = SqliteLog.open(FileBytes.of(damaged));
      assertThat(log.rows().readAllBytes()).isNotEmpty();
      assertThat(log.pages().readAllBytes()).hasSizeGreaterThan(4096);
    }
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> SqliteDatabase.open(FileBytes.of(new byte[99]), NO_LOG))
        .isInstanceOf(SqliteException.class);
    assertThatThrownBy(() -> SqliteDatabase.open(FileBytes.of(new byte[4096]), NO_LOG))
        .isInstanceOf(SqliteException.class)
        .hasMessageContaining("not an SQLite 3 database");
  }

  private static byte[] atuin() throws IOException {
    try (InputStream in =
        SqliteDatabaseTest.class.getResourceAsStream("/io/amivet/artifact/stores/atuin.db.gz")) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  @Test
  void onePlaceIsNotReadAsThousandsOfRows() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(atuin());
    int leaf = 1024;
    assertThat((int) bytes.get(leaf)).isEqualTo(0x0d);
    short cell = bytes.getShort(leaf + 8);
    bytes.putShort(leaf + 3, (short) 200);
    for (int i = 0; i < 200; i++) {
      bytes.putShort(leaf + 8 + 2 * i, cell);
    }
    SqliteDatabase database = SqliteDatabase.open(FileBytes.of(bytes.array()), NO_LOG);
    List<Long> rows = new ArrayList<>();
    assertThatThrownBy(() -> database.rows(database.tables().getFirst(), (id, _) -> rows.add(id)))
        .isInstanceOf(SqliteException.class)
        .hasMessageContaining("overlap");
    assertThat(rows).hasSizeBetween(1, 100);
  }

  @Test
  void onePlaceOfALogIsNotReadAsThousandsOfRows() throws IOException {
    int pageBytes = 1 << 16;
    int pointers = 10_000;
    int cell = 8 + 2 * pointers;
    int textBytes = pageBytes - cell - 16;
    ByteBuffer log = ByteBuffer.allocate(32 + 24 + pageBytes);
    log.putInt(0, 0x377f0682).putInt(8, pageBytes);
    log.putInt(32, 2);
    ByteBuffer page = log.slice(56, pageBytes);
    page.put(0, (byte) 0x0d).putShort(3, (short) pointers);
    for (int i = 0; i < pointers; i++) {
      page.putShort(8 + 2 * i, (short) cell);
    }
    // A record of one text: its length and type are numbers of three bytes.
    putNumber(page, cell, textBytes + 4);
    page.put(cell + 3, (byte) 1).put(cell + 4, (byte) 4);
    putNumber(page, cell + 5, 13 + 2 * textBytes);
    SqliteLog opened = SqliteLog.open(FileBytes.of(log.array()));
    assertThat(opened.rows().readAllBytes()).hasSizeBetween(textBytes, 2 * pageBytes);
  }

  private static void putNumber(ByteBuffer page, int at, int value) {
    page.put(at, (byte) ((value >> 14) | 0x80));
    page.put(at + 1, (byte) (((value >> 7) & 0x7f) | 0x80));
    page.put(at + 2, (byte) (value & 0x7f));
  }
}
