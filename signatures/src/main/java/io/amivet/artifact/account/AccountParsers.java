package io.amivet.artifact.account;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class AccountParsers {
  private AccountParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(
        new PasswdParser(), new PasswordHashesParser(), new ShadowParser(), new SudoersParser());
  }
}
