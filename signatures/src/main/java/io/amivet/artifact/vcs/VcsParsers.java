package io.amivet.artifact.vcs;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class VcsParsers {
  private VcsParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new CvsPassParser(), new SvnAuthParser());
  }
}
