package io.amivet.artifact.key;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class KeyParsers {
  private KeyParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(new KeystoreParser(), new PrivateKeysParser());
  }
}
