package io.amivet.artifact.startup;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class StartupParsers {
  private StartupParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new StartupCommandsParser(), new SettingsParser(), new PamParser());
  }
}
