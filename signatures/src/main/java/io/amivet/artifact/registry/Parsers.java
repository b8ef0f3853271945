package io.amivet.artifact.registry;

import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.account.AccountParsers;
import io.amivet.artifact.credential.CredentialParsers;
import io.amivet.artifact.history.HistoryParsers;
import io.amivet.artifact.key.KeyParsers;
import io.amivet.artifact.memory.MemoryParsers;
import io.amivet.artifact.ssh.SshParsers;
import io.amivet.artifact.startup.StartupParsers;
import io.amivet.artifact.syslog.SyslogParsers;
import io.amivet.artifact.system.SystemParsers;
import io.amivet.artifact.vcs.VcsParsers;
import java.util.List;
import java.util.stream.Stream;

/** All parsers: a written list, one line for each package of them. */
public final class Parsers {
  private Parsers() {}

  public static List<ArtifactParser> all() {
    return Stream.of(
            AccountParsers.all(),
            CredentialParsers.all(),
            HistoryParsers.all(),
            KeyParsers.all(),
            MemoryParsers.all(),
            SshParsers.all(),
            StartupParsers.all(),
            SyslogParsers.all(),
            SystemParsers.all(),
            VcsParsers.all())
        .flatMap(List::stream)
        .toList();
  }
}
