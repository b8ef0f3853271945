package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;

/**
 * {@code /etc/syslog.conf} (syslog.conf(5) of sysklogd and busybox): selectors and actions, of
 * which {@code @host} sends away. Names are looked up in the image's hosts file.
 */
final class SyslogConfParser implements ArtifactParser {
  private static final int MAX_TARGETS = 1000;

  @Override
  public String name() {
    return "syslog-conf";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    HostsFile hosts = HostsFile.of(image);
    RsyslogScanner scanner = new RsyslogScanner(file, "syslogd");
    scanner.scan();
    return scanner.actions().stream()
        .filter(action -> action.legacy() && action.type().equals("omfwd"))
        .limit(MAX_TARGETS)
        .flatMap(action -> RsyslogOutputs.artifacts(action, file.path(), true, hosts).stream())
        .toList();
  }
}
