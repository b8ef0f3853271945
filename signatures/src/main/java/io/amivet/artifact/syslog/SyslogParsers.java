package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class SyslogParsers {
  private SyslogParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(
        new RsyslogParser(),
        new SyslogConfParser(),
        new SyslogNgParser(),
        new JournaldParser(),
        new JournalUploadParser(),
        new AuditRemoteParser(),
        new LoginRecordsParser());
  }
}
