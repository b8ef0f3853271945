package io.amivet.artifact;

import io.amivet.artifact.credential.CredentialParsers;
import java.util.List;
import java.util.stream.Stream;

/** All parsers: a written list, one line for each package of them. */
public final class Parsers {
  private Parsers() {}

  public static List<ArtifactParser> all() {
    return Stream.of(CredentialParsers.all()).flatMap(List::stream).toList();
  }
}
