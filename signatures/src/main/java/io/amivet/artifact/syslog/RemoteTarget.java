package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Placeholders;
import io.amivet.artifact.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place that logs are sent to.
 *
 * @param component that sends: {@code rsyslog omfwd}
 * @param port a number or a service name; empty if neither given nor fixed by the protocol
 * @param place {@code file:line}
 * @param line in the file that was parsed, 0 if in one that it includes
 */
record RemoteTarget(
    String component,
    String host,
    String port,
    String protocol,
    boolean tls,
    String place,
    int line) {

  /** What is sent somewhere now, what would be if it were switched on, and what opens the door. */
  static final String ACTIVE = "remote-target";

  static final String INACTIVE = "inactive-target";
  static final String CREDENTIAL = "remote-credential";

  /** The fact, or empty if the target is this very machine. */
  Optional<Artifact> artifact(String kind, HostsFile hosts) {
    String address = hosts.address(host).orElse(host);
    TargetScope scope = TargetScope.of(address);
    if (host.isEmpty() || scope == TargetScope.LOOPBACK) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("component", component);
    fields.put("host", host);
    fields.put("port", port);
    fields.put("protocol", protocol);
    fields.put("tls", tls ? "yes" : "no");
    fields.put("scope", scope.label());
    fields.put("place", place);
    if (!address.equals(host)) {
      fields.put("address", address);
    }
    return Optional.of(new Artifact(kind, line, -1, Evidence.of(description()), fields, List.of()));
  }

  /** The fact that a password for this target stands in the configuration. */
  Optional<Artifact> credential(String password) {
    if (Placeholders.isPlaceholder(password)) {
      return Optional.empty();
    }
    Secret secret = Secret.ofLatin1(password);
    return Optional.of(
        new Artifact(
            CREDENTIAL,
            line,
            -1,
            Evidence.of(component + " to " + host + ": password ").plus(secret),
            Map.of("component", component, "host", host, "place", place),
            List.of(secret)));
  }

  /** The target and its credential, whichever there are. */
  List<Artifact> artifacts(String kind, HostsFile hosts, String password) {
    List<Artifact> found = new ArrayList<>();
    artifact(kind, hosts).ifPresent(found::add);
    credential(password).ifPresent(found::add);
    return found;
  }

  private String description() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return component
        + " to "
        + shownHost
        + (port.isEmpty() ? "" : ":" + port)
        + " over "
        + protocol
        + (tls ? " with TLS" : "")
        + " ("
        + place
        + ")";
  }
}
