package io.amivet.artifact.history;

import io.amivet.artifact.DatabaseFile;
import io.amivet.sqlite.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Histories in SQLite databases, by the tables that programs make: atuin, mcfly, zsh-histdb,
 * nushell, xonsh and IPython.
 */
final class DatabaseHistory {
  /** Of all commands together. */
  private static final int MAX_CHARS = 16 << 20;

  /** Of the year 9999; what is later is no time. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final List<Store> STORES =
      List.of(
          // atuin: nanoseconds.
          new Store("history", "command", "timestamp", 1_000_000_000L),
          // nushell: milliseconds.
          new Store("history", "command_line", "start_timestamp", 1_000L),
          // IPython keeps the times of sessions only.
          new Store("history", "source_raw", "", 1),
          new Store("commands", "cmd", "when_run", 1),
          // zsh-histdb: each command once; when it ran is in another table.
          new Store("commands", "argv", "", 1),
          new Store("xonsh_history", "inp", "tsb", 1));

  private DatabaseHistory() {}

  /**
   * Where a program keeps commands.
   *
   * @param ticks of the times, in a second
   */
  private record Store(String table, String command, String time, long ticks) {}

  /** The commands of the first store that is there; none of a database of another program. */
  static List<HistoryCommand> read(DatabaseFile database) {
    List<HistoryCommand> commands = new ArrayList<>();
    for (Store store : STORES) {
      int[] room = {MAX_CHARS};
      boolean there =
          database.rows(
              store.table,
              List.of(store.command, store.time),
              values -> {
                String text = DatabaseFile.latin1(values.get(0));
                String cut = text.substring(0, Math.min(text.length(), HistoryCommand.MAX_CHARS));
                room[0] -= cut.length();
                if (!cut.isBlank()) {
                  commands.add(new HistoryCommand(0, -1, cut, seconds(values.get(1), store.ticks)));
                }
                return room[0] > 0 && commands.size() < HistoryCommand.MAX_COMMANDS;
              });
      if (there) {
        return commands;
      }
    }
    return commands;
  }

  private static long seconds(Value time, long ticks) {
    long seconds =
        switch (time) {
          case Value.Int number -> number.value() / ticks;
          case Value.Real number -> (long) (number.value() / ticks);
          default -> 0;
        };
    return seconds < 0 || seconds > LAST_SECOND ? 0 : seconds;
  }
}
