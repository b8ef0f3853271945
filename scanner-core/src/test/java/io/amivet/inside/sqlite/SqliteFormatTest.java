package io.amivet.inside.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.MemoryDevice;
import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import io.amivet.inside.RecordingSink;
import io.amivet.source.DeviceStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that {@code testdata/make/make-sqlite.sh} made, against what sqlite3 says of them. */
class SqliteFormatTest {
  private static final SqliteFormat FORMAT = new SqliteFormat();

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SqliteFormatTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] database(String name) throws IOException {
    try (InputStream in = SqliteFormatTest.class.getResourceAsStream(name + ".gz")) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private record Held(byte[] bytes) implements InsideFile {
    @Override
    public String name() {
      return "app.db";
    }

    @Override
    public InputStream stream() {
      return new DeviceStream(device());
    }

    @Override
    public MemoryDevice device() {
      return new MemoryDevice("app.db", bytes);
    }

    @Override
    public void useMemory(long bytes) {
      throw new AssertionError("not asked for");
    }
  }

  /** What the visitor is given. */
  private static final class Shown implements MemberVisitor {
    final Map<String, byte[]> members = new LinkedHashMap<>();
    final List<String> notSearched = new ArrayList<>();

    @Override
    public void member(Member member, InputStream contents) throws IOException {
      members.put(member.name(), contents.readAllBytes());
    }

    @Override
    public void contents(String name, InputStream contents) {
      throw new AssertionError(name);
    }

    @Override
    public void notSearched(String name, String reason) {
      notSearched.add(name + ": " + reason);
    }

    List<String> lines(String name) {
      return new String(members.get(name), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Shown show(byte[] database) throws IOException {
    assertThat(FORMAT.recognises(Head.of(database))).isTrue();
    Shown shown = new Shown();
    FORMAT.members(new Held(database), shown);
    return shown;
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf8.db", "utf16.db"})
  void showsTheRowsThatSqliteShows(String name) throws IOException {
    Shown shown = show(database(name));
    assertThat(shown.notSearched).isEmpty();
    assertThat(shown.members).containsOnlyKeys("tables/history", "tables/kinds", "unused");
    List<String> printed =
        new String(resource(name + ".history.txt"), StandardCharsets.UTF_8).lines().toList();
    assertThat(shown.lines("tables/history").getFirst())
        .isEqualTo(
            "-- CREATE TABLE history(id integer primary key, command text, exit real, note blob)");
    // The column that stands for the row's id is not stored with the row, and whole numbers in a
    // column of real ones are stored as integers.
    assertThat(shown.lines("tables/history").stream().skip(1).toList())
        .isEqualTo(
            printed.stream()
                .map(line -> line.substring(line.indexOf('\t')).replace(".0\t", "\t"))
                .toList());
    assertThat(shown.lines("tables/kinds").get(1))
        .isEqualTo("\t0\t1\t-1\t127\t-32769\t8388607\t9223372036854775807");
    assertThat(shown.lines("tables/kinds").getLast())
        .startsWith("0.5\t-140737488355328\ttext\t")
        .endsWith("\t\t1.0E300\t-2147483648\tdéjà vu");
  }

  @Test
  void whatIsInNoRowIsShownToo() throws IOException {
    Shown shown = show(database("utf8.db"));
    String unused = new String(shown.members.get("unused"), StandardCharsets.ISO_8859_1);
    assertThat(unused)
        .as("deleted rows")
        .contains("ls -la /srv/data/140")
        .as("tables that are kept as an index")
        .contains("npm_fYt1qB3nV8xJ5kL0sD7wR2mC6hG9pZ40LxQk");
  }

  @Test
  void nothingOfItPassesForAFileOfItsOwn() throws IOException {
    RecordingSink found = RecordingSink.search(database("utf16.db"), "app.db");
    assertThat(found.skips).isEmpty();
    assertThat(found.files).containsOnlyKeys("tables/history", "tables/kinds", "unused");
  }

  @Test
  void ofADamagedTableAllPagesAreShown() throws IOException {
    byte[] database = database("utf8.db");
    // The root page of history says that it is of no kind there is.
    Arrays.fill(database, 1024, 1025, (byte) 9);
    Shown shown = show(database);
    assertThat(shown.notSearched).hasSize(1);
    assertThat(shown.notSearched.getFirst()).contains("tables/history").contains("page 2");
    String unused = new String(shown.members.get("unused"), StandardCharsets.ISO_8859_1);
    assertThat(unused).contains("ls -la /srv/data/1").contains("ls -la /srv/data/399");
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf8.db", "utf16.db"})
  void survivesDamage(String name) throws IOException {
    byte[] whole = database(name);
    Random random = new Random(name.hashCode());
    int said = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 10; i++) {
        // The magic stays, or it is no database.
        int at = 16 + random.nextInt((round % 2 == 0 ? 4096 : whole.length) - 16);
        damaged[at] = (byte) random.nextInt();
      }
      try {
        said += show(damaged).notSearched.isEmpty() ? 0 : 1;
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
        said++;
      }
    }
    assertThat(said).isBetween(20, 300);
  }

  @Test
  void otherFilesAreNoDatabases() {
    assertThat(FORMAT.recognises(Head.of("SQLite format 4".getBytes(StandardCharsets.US_ASCII))))
        .isFalse();
    assertThat(FORMAT.recognises(Head.of(new byte[0]))).isFalse();
  }
}
