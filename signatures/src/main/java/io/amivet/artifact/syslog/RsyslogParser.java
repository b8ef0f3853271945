package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /etc/rsyslog.conf} with what it includes (rsyslog.conf(5)): each action that sends logs to
 * another machine, in both syntaxes. Field {@code syntax} is {@code legacy} or {@code
 * rainerscript}.
 */
final class RsyslogParser implements ArtifactParser {
  private static final int MAX_TARGETS = 1000;

  @Override
  public String name() {
    return "rsyslog";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    HostsFile hosts = HostsFile.of(image);
    List<Artifact> found = new ArrayList<>();
    for (ArtifactFile part : IncludedFiles.of(file, image, RsyslogParser::includes)) {
      boolean own = part.path().equals(file.path());
      RsyslogScanner scanner = new RsyslogScanner(part, "rsyslog");
      scanner.scan();
      for (RsyslogScanner.Action action : scanner.actions()) {
        if (found.size() < MAX_TARGETS) {
          found.addAll(RsyslogOutputs.artifacts(action, part.path(), own, hosts));
        }
      }
    }
    return found;
  }

  private static List<String> includes(ArtifactFile file) {
    RsyslogScanner scanner = new RsyslogScanner(file, "rsyslog");
    scanner.scan();
    return scanner.includes();
  }
}
