package io.amivet.artifact.history;

import io.amivet.artifact.history.HistoryFormat.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Recognises secrets in commands of one dialect. Time is linear in the length of a command. */
final class CommandSecrets {
  private final Dialect dialect;

  CommandSecrets(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The secrets in {@code command}; the same one may come twice. */
  List<CommandSecret> find(String command) {
    String text =
        command.length() > HistoryCommand.MAX_CHARS
            ? command.substring(0, HistoryCommand.MAX_CHARS)
            : command;
    List<CommandSecret> found = new ArrayList<>();
    if (dialect == Dialect.SHELL) {
      new ShellSecrets(found).find(text);
    } else {
      WordSecrets.find(text, found);
    }
    WordSecrets.awsPair(text, found);
    QuerySecrets.sql(text, found);
    if (dialect == Dialect.REDIS) {
      QuerySecrets.redis(text, found);
    }
    if (dialect == Dialect.CODE) {
      QuerySecrets.code(text, found);
    }
    return found;
  }
}
