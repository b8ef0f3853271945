package io.amivet.artifact.history;

import io.amivet.artifact.Secret;
import io.amivet.artifact.history.HistoryFormat.Dialect;
import java.util.List;

/** A line of shell, wherever it stands: in user-data, in a unit. */
public final class ShellLine {
  private static final CommandSecrets RECOGNISER = new CommandSecrets(Dialect.SHELL);

  private ShellLine() {}

  /** The secrets that its commands are given, each once. */
  public static List<Secret> secrets(String line) {
    return RECOGNISER.find(line).stream().map(CommandSecret::secret).distinct().toList();
  }
}
