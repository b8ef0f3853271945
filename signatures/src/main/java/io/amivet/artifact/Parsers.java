package io.amivet.artifact;

import io.amivet.artifact.account.AccountParsers;
import io.amivet.artifact.key.KeyParsers;
import io.amivet.artifact.ssh.SshParsers;
import io.amivet.artifact.system.SystemParsers;
import java.util.List;
import java.util.stream.Stream;

/** All parsers: a written list, one line for each package of them. */
public final class Parsers {
  private Parsers() {}

  public static List<ArtifactParser> all() {
    return Stream.of(
            AccountParsers.all(), // accounts and passwords
            KeyParsers.all(), // private keys
            SshParsers.all(), // authorized keys, sshd
            SystemParsers.all()) // machine id, preloaded libraries
        .flatMap(List::stream)
        .toList();
  }
}
