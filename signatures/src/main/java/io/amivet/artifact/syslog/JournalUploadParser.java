package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;

/**
 * {@code journal-upload.conf} (journal-upload.conf(5)): {@code URL=}. Kind {@code remote-target} if
 * the service starts at boot, else {@code inactive-target}.
 */
final class JournalUploadParser implements ArtifactParser {
  private static final String DEFAULT_PORT = "19532";
  private static final String UNIT =
      "/etc/systemd/system/multi-user.target.wants/systemd-journal-upload.service";

  @Override
  public String name() {
    return "journal-upload";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Setting url = Setting.last(Setting.of(file), "url");
    String kind = image.read(UNIT).isPresent() ? RemoteTarget.ACTIVE : RemoteTarget.INACTIVE;
    return HostPort.parse(url.value())
        .map(host ->
            target(host, file.path() + ":" + url.line(), url.line())
                .artifacts(kind, HostsFile.of(image), host.password()))
        .orElse(List.of());
  }

  private static RemoteTarget target(HostPort host, String place, int line) {
    // Without a scheme the tool takes https.
    String protocol = host.scheme().isEmpty() ? "https" : host.scheme();
    return new RemoteTarget(
        "systemd-journal-upload",
        host.host(),
        host.port().isEmpty() ? DEFAULT_PORT : host.port(),
        protocol,
        protocol.equals("https"),
        place,
        line);
  }
}
