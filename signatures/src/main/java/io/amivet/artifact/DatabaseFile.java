package io.amivet.artifact;

import io.amivet.file.FileBytes;
import io.amivet.sqlite.SqliteDatabase;
import io.amivet.sqlite.Table;
import io.amivet.sqlite.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of an image as an SQLite database, its write-ahead log applied, for parsers that know what
 * a program keeps in which table. Never throws: of a damaged database, what comes before the damage
 * is read. That it is damaged is said when the scan looks into the file.
 */
public final class DatabaseFile {
  private static final int HEADER_BYTES = 100;

  private final SqliteDatabase database;
  private final List<Table> tables;

  private DatabaseFile(SqliteDatabase database, List<Table> tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Takes the values of a row. */
  @FunctionalInterface
  public interface Row {
    /**
     * Takes one.
     *
     * @param values those that were asked for, {@link Value#NULL} where the row has none
     * @return whether more rows are wanted
     */
    boolean accept(List<Value> values);
  }

  public static boolean isDatabase(byte[] bytes) {
    return bytes.length >= HEADER_BYTES && SqliteDatabase.recognises(bytes);
  }

  /** The database that {@code file} is; empty if it is none, or its schema cannot be read. */
  public static Optional<DatabaseFile> open(ArtifactFile file, ImageView image) {
    if (!isDatabase(file.bytes())) {
      return Optional.empty();
    }
    try {
      FileBytes log = image.open(file.path() + "-wal").orElse(FileBytes.of(new byte[0]));
      SqliteDatabase database = SqliteDatabase.open(whole(file, image), log);
      return Optional.of(new DatabaseFile(database, database.tables()));
    } catch (IOException | InternalError e) {
      return Optional.empty();
    }
  }

  /** The file of the image, if this is its beginning: in an archive, the path says little. */
  private static FileBytes whole(ArtifactFile file, ImageView image) throws IOException {
    Optional<FileBytes> stored = file.truncated() ? image.open(file.path()) : Optional.empty();
    if (stored.isPresent() && stored.get().sizeBytes() >= file.bytes().length) {
      byte[] start = new byte[HEADER_BYTES];
      stored.get().read(0, start);
      if (Arrays.equals(start, Arrays.copyOf(file.bytes(), HEADER_BYTES))) {
        return stored.get();
      }
    }
    return FileBytes.of(file.bytes());
  }

  /**
   * Gives the rows of a table to {@code row}.
   *
   * @param columns names, in any order; case does not matter
   * @return whether there is such a table with the first of them
   */
  public boolean rows(String table, List<String> columns, Row row) {
    for (Table candidate : tables) {
      if (candidate.name().equalsIgnoreCase(table)) {
        List<Integer> places = places(candidate.columns(), columns);
        if (places.getFirst() >= 0) {
          read(candidate, places, row);
        }
        return places.getFirst() >= 0;
      }
    }
    return false;
  }

  private static List<Integer> places(List<String> stored, List<String> wanted) {
    List<String> names = stored.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return wanted.stream().map(names::indexOf).toList();
  }

  private void read(Table table, List<Integer> places, Row row) {
    try {
      database.rows(
          table,
          (_, values) -> {
            List<Value> wanted = new ArrayList<>();
            for (int place : places) {
              wanted.add(place < 0 || place >= values.size() ? Value.NULL : values.get(place));
            }
            if (!row.accept(wanted)) {
              throw new EnoughException();
            }
          });
    } catch (IOException | InternalError e) {
      // Rows before the damage, or as many as were wanted, were handed on.
      return;
    }
  }

  /** Text, or a blob as if it were text, as Latin-1 of its bytes in UTF-8; else empty. */
  public static String latin1(Value value) {
    return switch (value) {
      case Value.Text text ->
          new String(text.value().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      case Value.Blob blob -> new String(blob.value(), StandardCharsets.ISO_8859_1);
      default -> "";
    };
  }

  private static final class EnoughException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
