package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;
import java.util.Optional;

/**
 * {@code journald.conf} and its drop-ins (journald.conf(5)): {@code ForwardToSocket=} with an
 * address. Sockets in the file system stay on the machine; {@code vsock:} reaches the hypervisor.
 */
final class JournaldParser implements ArtifactParser {
  private static final String VSOCK = "vsock:";

  @Override
  public String name() {
    return "journald";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Setting setting = Setting.last(Setting.of(file), "forwardtosocket");
    String value = setting.value();
    if (value.startsWith("/") || value.startsWith("@")) {
      return List.of();
    }
    boolean vsock = value.startsWith(VSOCK);
    String address = vsock ? "vsock-" + value.substring(VSOCK.length()) : value;
    Optional<HostPort> host = HostPort.parse(address);
    return host
        .map(found ->
            new RemoteTarget(
                "systemd-journald",
                found.host(),
                found.port(),
                vsock ? "vsock" : "tcp",
                false,
                file.path() + ":" + setting.line(),
                setting.line()))
        .flatMap(target -> target.artifact(RemoteTarget.ACTIVE, HostsFile.of(image)))
        .stream()
        .toList();
  }
}
