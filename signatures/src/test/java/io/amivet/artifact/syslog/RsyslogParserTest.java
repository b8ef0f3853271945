package io.amivet.artifact.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RsyslogParserTest {
  private static final String MAIN = "/etc/rsyslog.conf";

  private static List<Artifact> parse(String text, Map<String, String> others) {
    Map<String, String> files = new HashMap<>(others);
    files.put(MAIN, text);
    return new RsyslogParser()
        .parse(
            ArtifactFile.of(MAIN, text.getBytes(StandardCharsets.ISO_8859_1)),
            new MemoryImage(files));
  }

  private static List<String> targets(String text) {
    return parse(text, Map.of()).stream()
        .map(found ->
            String.join(
                " ",
                found.fields().get("protocol"),
                found.fields().get("host"),
                found.fields().get("port"),
                found.fields().get("tls")))
        .toList();
  }

  @Test
  void readsLegacyForwards() {
    assertThat(targets("*.* @203.0.113.1\n")).containsExactly("udp 203.0.113.1 514 no");
    assertThat(targets("*.*  @@logs.example.net:10514;fmt\n"))
        .containsExactly("tcp logs.example.net 10514 no");
    assertThat(targets("auth,authpriv.*;mail.none @@(z9,o)[2001:db8::5]:99\n"))
        .containsExactly("tcp 2001:db8::5 99 no");
    assertThat(targets("*.* \\\n   @203.0.113.1\n")).containsExactly("udp 203.0.113.1 514 no");
    assertThat(targets("*.* /var/log/x\n& @203.0.113.1\n& ~\n"))
        .containsExactly("udp 203.0.113.1 514 no");
    assertThat(targets(":programname, !isequal, \"a\\\"b\" @203.0.113.1\n& stop\n"))
        .containsExactly("udp 203.0.113.1 514 no");
    assertThat(targets("if $msg contains 'then @x' then @@203.0.113.1\n"))
        .containsExactly("tcp 203.0.113.1 514 no");
    assertThat(targets("$ActionSendStreamDriverMode 1\n*.* @@203.0.113.1:6514\n"))
        .containsExactly("tcp 203.0.113.1 6514 yes");
  }

  @Test
  void readsObjectsWhereverTheyStand() {
    assertThat(
            targets(
                """
                module(load="imuxsock")  # action(type="omfwd" target="203.0.113.9")
                template(name="t" type="string" string="@203.0.113.8 %msg%\\n")
                ruleset(name="r") {
                  if ($syslogseverity <= 4) and not ($msg == "}") then {
                    action(Type="omfwd" /* far */ Target="logs.example.net"
                           Port='6514' protocol="TCP" # inline
                           StreamDriverMode="1" action.resumeRetryCount="-1")
                    stop
                  } else { action(type="omrelp" target="203.0.113.2" port="20514" tls="on") }
                }
                *.* action(type="omfwd" target="203.0.113.3" config.enabled="off")
                mail.* action (type="omfwd" target="203.0.113.4")
                """))
        .containsExactly(
            "tcp logs.example.net 6514 yes",
            "relp 203.0.113.2 20514 yes",
            "udp 203.0.113.4 514 no");
  }

  @Test
  void readsListsOfServersAndTheirPasswords() {
    List<Artifact> found =
        parse(
            "action(type=\"omelasticsearch\" server=[\"es1.example.net\", \"https://es2.example.net:443\"]"
                + " uid=\"u\" pwd=\"Synth-Pw-201\")",
            Map.of());
    assertThat(found)
        .filteredOn(artifact -> artifact.kind().equals("remote-target"))
        .extracting(artifact -> artifact.fields().get("host"))
        .containsExactly("es1.example.net", "es2.example.net");
    assertThat(found)
        .filteredOn(artifact -> artifact.kind().equals("remote-credential"))
        .isNotEmpty()
        .allSatisfy(artifact -> {
          assertThat(artifact.secrets()).containsExactly(Secret.ofLatin1("Synth-Pw-201"));
          assertThat(artifact.evidence().redacted()).doesNotContain("Synth");
        });
  }

  @Test
  void followsIncludesOnceAndSaysWhereATargetStands() {
    List<Artifact> found =
        parse(
            "$IncludeConfig /etc/rsyslog.d/*.conf\ninclude(file=\"/etc/rsyslog.d/10-a.conf\" mode=\"optional\")\n",
            Map.of(
                "/etc/rsyslog.d/10-a.conf",
                    "\n*.* @203.0.113.1\n$IncludeConfig /etc/rsyslog.conf\n",
                "/etc/rsyslog.d/20-b.txt", "*.* @203.0.113.2\n"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().fields()).containsEntry("place", "/etc/rsyslog.d/10-a.conf:2");
  }

  @Test
  void staysSilentAboutCommentsLoopbackAndFiles() {
    assertThat(targets("#*.* @203.0.113.1\n# a \\\n*.* /var/log/a\n")).isEmpty();
    assertThat(targets("*.* @localhost\n*.* @@127.0.0.1:1\n*.* @[::1]\n")).isEmpty();
    assertThat(targets("*.* -/var/log/mail@host\n*.emerg :omusrmsg:*\n*.* |/run/pipe\n")).isEmpty();
  }

  @Test
  void endsOnHostileText() {
    for (String unit :
        List.of("{", "action(", "\"", "/*", "if ", "a=[", "@", ":m", "\\\n", "&", "$x", "[")) {
      String text = unit.repeat((1 << 20) / unit.length());
      Assertions.assertTimeout(Duration.ofSeconds(20), () -> parse(text, Map.of()), unit);
    }
  }
}
