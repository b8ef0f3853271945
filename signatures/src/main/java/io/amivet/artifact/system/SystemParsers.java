package io.amivet.artifact.system;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class SystemParsers {
  private SystemParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new MachineIdParser(), new LdSoPreloadParser(), new PackagedFileParser());
  }
}
