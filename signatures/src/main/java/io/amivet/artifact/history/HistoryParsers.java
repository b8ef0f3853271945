package io.amivet.artifact.history;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class HistoryParsers {
  private HistoryParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new HistoryParser(), new HistoryRedirectParser(), new ShellScriptParser());
  }
}
