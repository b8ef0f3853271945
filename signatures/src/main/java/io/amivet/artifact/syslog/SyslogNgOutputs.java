package io.amivet.artifact.syslog;

import io.amivet.artifact.syslog.SyslogNgDestinations.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Destination drivers of syslog-ng that send to other machines, and which option says where. */
final class SyslogNgOutputs {
  /**
   * @param option that holds the target; empty for the driver's first argument
   */
  private record Output(String option, String defaultPort, String protocol) {}

  private static final Map<String, Output> OUTPUTS =
      Map.ofEntries(
          Map.entry("network", new Output("", "514", "tcp")),
          Map.entry("syslog", new Output("", "601", "tcp")),
          Map.entry("tcp", new Output("", "514", "tcp")),
          Map.entry("tcp6", new Output("", "514", "tcp")),
          Map.entry("udp", new Output("", "514", "udp")),
          Map.entry("udp6", new Output("", "514", "udp")),
          Map.entry("relp", new Output("", "2514", "relp")),
          Map.entry("http", new Output("url", "", "http")),
          Map.entry("elasticsearch-http", new Output("url", "", "http")),
          Map.entry("elasticsearch2", new Output("cluster-url", "9200", "http")),
          Map.entry("opensearch", new Output("url", "", "http")),
          Map.entry("splunk-hec-event", new Output("url", "8088", "http")),
          Map.entry("splunk-hec-raw", new Output("url", "8088", "http")),
          Map.entry("loki", new Output("url", "9096", "grpc")),
          Map.entry("opentelemetry", new Output("url", "4317", "grpc")),
          Map.entry("syslog-ng-otlp", new Output("url", "4317", "grpc")),
          Map.entry("slack", new Output("hook-url", "443", "https")),
          Map.entry("discord", new Output("url", "443", "https")),
          Map.entry("kafka", new Output("bootstrap-servers", "9092", "kafka")),
          Map.entry("kafka-c", new Output("bootstrap-servers", "9092", "kafka")),
          Map.entry("amqp", new Output("host", "5672", "amqp")),
          Map.entry("mqtt", new Output("address", "1883", "mqtt")),
          Map.entry("stomp", new Output("host", "61613", "stomp")),
          Map.entry("smtp", new Output("host", "25", "smtp")),
          Map.entry("mongodb", new Output("uri", "27017", "mongodb")),
          Map.entry("redis", new Output("host", "6379", "redis")),
          Map.entry("riemann", new Output("server", "5555", "riemann")),
          Map.entry("graphite", new Output("host", "2003", "tcp")),
          Map.entry("snmp", new Output("host", "162", "snmp")),
          Map.entry("sql", new Output("host", "", "sql")));

  private static final List<String> PASSWORDS =
      List.of("password", "auth", "token", "sasl-password");

  private SyslogNgOutputs() {}

  static List<RemoteTarget> targets(Driver driver, boolean own) {
    Output output = OUTPUTS.get(driver.name());
    if (output == null) {
      return List.of();
    }
    List<RemoteTarget> targets = new ArrayList<>();
    List<String> values = driver.values(output.option());
    for (String value : output.option().isEmpty() ? values.stream().limit(1).toList() : values) {
      for (String one : value.split("[,\\s]", -1)) {
        HostPort.parse(one).map(host -> target(driver, output, host, own)).ifPresent(targets::add);
      }
    }
    return targets;
  }

  private static RemoteTarget target(Driver driver, Output output, HostPort host, boolean own) {
    String transport = first(driver.values("transport"));
    boolean https = host.scheme().equals("https");
    boolean tls =
        https
            || transport.equals("tls")
            || driver.values().containsKey("tls")
            || output.protocol().equals("https");
    String protocol =
        https
            ? "https"
            : transport.isEmpty() || transport.equals("tls") ? output.protocol() : transport;
    return new RemoteTarget(
        "syslog-ng " + driver.name(),
        host.host(),
        port(driver, output, host),
        protocol,
        tls,
        driver.path() + ":" + driver.line(),
        own ? driver.line() : 0);
  }

  private static String port(Driver driver, Output output, HostPort host) {
    if (!host.port().isEmpty()) {
      return host.port();
    }
    for (String option : List.of("port", "destport", "dest-port")) {
      if (!first(driver.values(option)).isEmpty()) {
        return first(driver.values(option));
      }
    }
    return output.defaultPort();
  }

  /** What an option or a URL gives as password, or empty. */
  static String password(Driver driver) {
    for (String option : PASSWORDS) {
      if (!first(driver.values(option)).isEmpty()) {
        return first(driver.values(option));
      }
    }
    Output output = OUTPUTS.get(driver.name());
    String url = output == null ? "" : first(driver.values(output.option()));
    return HostPort.parse(url).map(HostPort::password).orElse("");
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.getFirst();
  }
}
