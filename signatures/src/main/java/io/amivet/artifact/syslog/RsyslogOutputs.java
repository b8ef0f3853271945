package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Output modules of rsyslog that send to other machines, and which parameter says where. */
final class RsyslogOutputs {
  /**
   * How a module names its target.
   *
   * @param hosts parameters that may hold it, first that is set
   * @param port parameter that holds the port
   * @param defaultPort as the module's page says
   */
  private record Output(List<String> hosts, String port, String defaultPort, String protocol) {}

  private static final Map<String, Output> OUTPUTS =
      Map.ofEntries(
          output("omfwd", "514", "udp", "port", "target", "targetsrv"),
          output("omrelp", "514", "relp", "port", "target"),
          output("omhttp", "443", "https", "serverport", "server"),
          output("omelasticsearch", "9200", "http", "serverport", "server"),
          output("omkafka", "9092", "kafka", "port", "broker"),
          output("omhiredis", "6379", "redis", "serverport", "server"),
          output("ommysql", "3306", "mysql", "serverport", "server"),
          output("ompgsql", "5432", "postgresql", "port", "server"),
          output("ommongodb", "27017", "mongodb", "serverport", "uristr", "server"),
          output("omclickhouse", "8443", "https", "port", "server"),
          output("ommail", "25", "smtp", "port", "server"),
          output("omsnmp", "162", "snmp", "port", "server"),
          output("omamqp1", "5672", "amqp", "port", "host"),
          output("omrabbitmq", "5672", "amqp", "port", "host"),
          output("omazureeventhubs", "5671", "amqps", "azureport", "azurehost"));

  private static final List<String> PASSWORDS =
      List.of("pwd", "pass", "password", "serverpassword", "azure_key");

  private RsyslogOutputs() {}

  private static Map.Entry<String, Output> output(
      String type, String defaultPort, String protocol, String port, String... hosts) {
    return Map.entry(type, new Output(List.of(hosts), port, defaultPort, protocol));
  }

  /**
   * The targets of {@code action}.
   *
   * @param own whether it stands in the very file that is parsed, so that its line means something
   */
  static List<Artifact> artifacts(
      RsyslogScanner.Action action, String path, boolean own, HostsFile hosts) {
    Output output = OUTPUTS.get(action.type());
    if (output == null) {
      return List.of();
    }
    List<Artifact> found = new ArrayList<>();
    String place = path + ":" + action.line();
    String password = password(action);
    for (String parameter : output.hosts()) {
      for (String value : action.parameters().getOrDefault(parameter, List.of())) {
        for (String one : value.split(",", -1)) {
          HostPort.parse(one)
              .map(host -> target(action, output, host, place, own))
              .ifPresent(target -> {
                String inUrl = HostPort.parse(one).map(HostPort::password).orElse("");
                String secret = inUrl.isEmpty() ? password : inUrl;
                target.artifacts(RemoteTarget.ACTIVE, hosts, secret).stream()
                    .map(artifact -> withSyntax(artifact, action.legacy()))
                    .forEach(found::add);
              });
        }
      }
    }
    return found;
  }

  private static RemoteTarget target(
      RsyslogScanner.Action action, Output output, HostPort host, String place, boolean own) {
    String port = host.port().isEmpty() ? action.parameter(output.port()) : host.port();
    String protocol = action.parameter("protocol").toLowerCase(java.util.Locale.ROOT);
    boolean https = isOn(action.parameter("usehttps")) || host.scheme().equals("https");
    String said = protocol.isEmpty() ? (https ? "https" : output.protocol()) : protocol;
    return new RemoteTarget(
        action.component() + (action.component().equals("rsyslog") ? " " + action.type() : ""),
        host.host(),
        port.isEmpty() ? output.defaultPort() : port,
        said,
        isTls(action, said),
        place,
        own ? action.line() : 0);
  }

  private static boolean isTls(RsyslogScanner.Action action, String protocol) {
    return protocol.equals("https")
        || protocol.equals("amqps")
        || action.parameter("streamdrivermode").equals("1")
        || isOn(action.parameter("tls"));
  }

  private static boolean isOn(String value) {
    return value.equalsIgnoreCase("on") || value.equals("1") || value.equalsIgnoreCase("yes");
  }

  private static String password(RsyslogScanner.Action action) {
    return PASSWORDS.stream()
        .map(action::parameter)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Artifact withSyntax(Artifact artifact, boolean legacy) {
    Map<String, String> fields = new LinkedHashMap<>(artifact.fields());
    fields.put("syntax", legacy ? "legacy" : "rainerscript");
    return new Artifact(
        artifact.kind(),
        artifact.line(),
        artifact.offset(),
        artifact.evidence(),
        fields,
        artifact.secrets());
  }
}
