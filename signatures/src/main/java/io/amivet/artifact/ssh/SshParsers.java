package io.amivet.artifact.ssh;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class SshParsers {
  private SshParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new AuthorizedKeysParser(), new SshdConfigParser());
  }
}
