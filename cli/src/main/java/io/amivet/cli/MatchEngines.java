package io.amivet.cli;

import io.amivet.match.JavaMatchEngine;
import io.amivet.match.MatchEngine;
import io.amivet.match.VectorscanMatchEngine;
import io.amivet.rule.Rule;
import io.amivet.vectorscan.PrivateFolder;
import io.amivet.vectorscan.Vectorscan;
import io.amivet.vectorscan.VectorscanDatabases;
import io.amivet.vectorscan.VectorscanException;
import io.amivet.vectorscan.VectorscanLibrary;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Makes the engine of a scan. */
final class MatchEngines {
  /** Images below this are read before Vectorscan would be loaded. */
  private static final long WORTHWHILE_BYTES = 64L << 20;

  private final StdStreams streams;
  private final Map<String, String> environment;

  MatchEngines(StdStreams streams, Map<String, String> environment) {
    this.streams = streams;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Compiles the rules.
   *
   * @param imageBytes the size of what is scanned; 0 if it is not known
   * @throws CommandFailure if the engine that was asked for cannot be used here
   */
  MatchEngine make(EngineChoice choice, long imageBytes, List<Rule> contentRules)
      throws CommandFailure {
    boolean small = imageBytes > 0 && imageBytes < WORTHWHILE_BYTES;
    boolean java =
        switch (choice) {
          case JAVA -> true;
          case VECTORSCAN -> false;
          case AUTO -> small || !VectorscanLibrary.isBundled();
        };
    if (java) {
      return new JavaMatchEngine(contentRules);
    }
    try {
      PrivateFolder folder = PrivateFolder.of(UserCache.folder(environment));
      Vectorscan library = VectorscanLibrary.load(folder);
      return new VectorscanMatchEngine(contentRules, library, new VectorscanDatabases(folder));
    } catch (IOException | VectorscanException e) {
      if (choice == EngineChoice.VECTORSCAN) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "cannot use the Vectorscan engine: "
                + e.getMessage()
                + "; --engine java needs nothing but Java");
      }
      streams
          .err()
          .println(
              "amivet: using the slower Java engine: "
                  + TerminalText.escape(String.valueOf(e.getMessage())));
      return new JavaMatchEngine(contentRules);
    }
  }
}
