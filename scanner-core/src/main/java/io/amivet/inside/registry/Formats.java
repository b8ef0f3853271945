package io.amivet.inside.registry;

import io.amivet.inside.InsideFormat;
import io.amivet.inside.InsideFormats;
import io.amivet.inside.git.GitLooseFormat;
import io.amivet.inside.git.GitPackFormat;
import io.amivet.inside.journal.JournalFormat;
import io.amivet.inside.sqlite.SqliteFormat;
import io.amivet.inside.sqlite.SqliteLogFormat;
import io.amivet.inside.text.Utf16Format;
import java.util.List;
import java.util.stream.Stream;

/** All kinds of files that are looked into. */
public final class Formats {
  private static final List<InsideFormat> ALL =
      Stream.of(
              List.<InsideFormat>of(
                  new GitPackFormat(),
                  new GitLooseFormat(),
                  new JournalFormat(),
                  new SqliteFormat(),
                  new SqliteLogFormat()),
              InsideFormats.ARCHIVES,
              List.<InsideFormat>of(new Utf16Format()))
          .flatMap(List::stream)
          .toList();

  private Formats() {}

  /** In the order in which they are asked. */
  public static List<InsideFormat> all() {
    return ALL;
  }
}
