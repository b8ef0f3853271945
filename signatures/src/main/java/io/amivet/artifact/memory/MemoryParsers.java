package io.amivet.artifact.memory;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class MemoryParsers {
  private MemoryParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new CoreDumpParser(), new SwapFileParser());
  }
}
