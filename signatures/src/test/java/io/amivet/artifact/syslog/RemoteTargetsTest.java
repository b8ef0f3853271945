package io.amivet.artifact.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RemoteTargetsTest {
  private static List<Artifact> parse(
      ArtifactParser parser, String path, String text, Map<String, String> others) {
    return parser.parse(
        ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1)), new MemoryImage(others));
  }

  private static List<String> syslogNg(String text) {
    return parse(new SyslogNgParser(), "/etc/syslog-ng/syslog-ng.conf", text, Map.of()).stream()
        .map(found -> found.kind() + " " + found.fields().get("host"))
        .toList();
  }

  @Test
  void classifiesAddressesByTheirRanges() {
    assertThat(List.of("127.9.9.9", "::1", "localhost", "0.0.0.0"))
        .allMatch(host -> TargetScope.of(host) == TargetScope.LOOPBACK);
    assertThat(
            List.of("10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd12::1", "a.internal"))
        .allMatch(host -> TargetScope.of(host) == TargetScope.PRIVATE);
    assertThat(List.of("169.254.169.254", "fe80::1"))
        .allMatch(host -> TargetScope.of(host) == TargetScope.LINK_LOCAL);
    assertThat(
            List.of("172.32.0.1", "100.128.0.1", "198.51.100.1", "2001:db8::1", "::ffff:8.8.8.8"))
        .allMatch(host -> TargetScope.of(host) == TargetScope.PUBLIC);
    assertThat(TargetScope.of("logs.eu-west-1.amazonaws.com")).isEqualTo(TargetScope.AWS);
    assertThat(TargetScope.of("logs.example.net")).isEqualTo(TargetScope.NAME);
  }

  @Test
  void tellsReachedSyslogNgDestinationsFromIdleOnes() {
    assertThat(
            syslogNg(
                """
                @version: 4.2
                @define hub "203.0.113.1"
                source s { network(ip(0.0.0.0) port(514)); };
                destination d_a { network("`hub`" port(6514) transport("tls") tls(ca-dir("/x"))); };
                destination d_b { http(url("https://b.example.net/") body("} ;")); file("/x"); };
                destination d_c { udp("203.0.113.3"); };
                log { source(s); if { destination(d_b); }; destination(d_a); };
                log { source(s); destination { kafka-c(bootstrap-servers("k1:9092,k2:9092")); }; };
                """))
        .containsExactlyInAnyOrder(
            "remote-target 203.0.113.1",
            "remote-target b.example.net",
            "inactive-target 203.0.113.3",
            "remote-target k1",
            "remote-target k2");
  }

  @Test
  void endsOnHostileSyslogNgText() {
    for (String unit :
        List.of("destination d {", "((", "}", "\"", "@include \"*\"\n", "`a", "x(")) {
      String text = unit.repeat((1 << 20) / unit.length());
      Assertions.assertTimeout(Duration.ofSeconds(20), () -> syslogNg(text), unit);
    }
  }

  @Test
  void auditTargetsCountOnlyIfThePluginIsActive() {
    Map<String, String> active = Map.of("/etc/audit/plugins.d/au-remote.conf", "active = yes\n");
    AuditRemoteParser parser = new AuditRemoteParser();
    String path = "/etc/audit/audisp-remote.conf";
    String text = "remote_server = audit.example.net\nport = 61\n";
    assertThat(parse(parser, path, text, active))
        .extracting(Artifact::kind)
        .containsExactly("remote-target");
    assertThat(parse(parser, path, text, Map.of()))
        .extracting(Artifact::kind)
        .containsExactly("inactive-target");
    assertThat(parse(parser, path, "# remote_server = audit.example.net\n", active)).isEmpty();
  }

  @Test
  void countsTheRecordsThatUtmpdumpWrote() throws IOException {
    byte[] wtmp;
    try (InputStream in =
        Objects.requireNonNull(
            RemoteTargetsTest.class.getResourceAsStream("/io/amivet/artifact/syslog/wtmp"))) {
      wtmp = in.readAllBytes();
    }
    List<Artifact> found =
        new LoginRecordsParser().parse(ArtifactFile.of("/var/log/wtmp", wtmp), ImageView.empty());
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().fields())
        .containsEntry("records", "3")
        .containsEntry("first", "2026-01-02")
        .containsEntry("last", "2026-01-03");
    assertThat(found.getFirst().evidence().redacted()).doesNotContain("ec2-user");
  }
}
