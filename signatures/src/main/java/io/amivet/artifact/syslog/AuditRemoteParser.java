package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;
import java.util.Optional;

/**
 * {@code audisp-remote.conf} (audisp-remote.conf(5)): {@code remote_server}. Kind {@code
 * remote-target} if the plugin {@code au-remote.conf} is active, else {@code inactive-target}.
 */
final class AuditRemoteParser implements ArtifactParser {
  private static final String DEFAULT_PORT = "60";
  private static final List<String> PLUGINS =
      List.of("/etc/audit/plugins.d/au-remote.conf", "/etc/audisp/plugins.d/au-remote.conf");

  @Override
  public String name() {
    return "audit-remote";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Setting> settings = Setting.of(file);
    Setting server = Setting.last(settings, "remote_server");
    String port = Setting.last(settings, "port").value();
    String transport = Setting.last(settings, "transport").value();
    Optional<HostPort> host = HostPort.parse(server.value());
    return host
        .map(found ->
            new RemoteTarget(
                "auditd",
                found.host(),
                port.isEmpty() ? DEFAULT_PORT : port,
                transport.equalsIgnoreCase("krb5") ? "krb5" : "tcp",
                transport.equalsIgnoreCase("krb5"),
                file.path() + ":" + server.line(),
                server.line()))
        .flatMap(target -> target.artifact(kind(image), HostsFile.of(image)))
        .stream()
        .toList();
  }

  private static String kind(ImageView image) {
    for (String path : PLUGINS) {
      Optional<ArtifactFile> plugin = image.read(path);
      if (plugin.isPresent()
          && Setting.last(Setting.of(plugin.get()), "active").value().equalsIgnoreCase("yes")) {
        return RemoteTarget.ACTIVE;
      }
    }
    return RemoteTarget.INACTIVE;
  }
}
