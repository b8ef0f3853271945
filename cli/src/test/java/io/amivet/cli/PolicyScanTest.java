package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy makes of a whole scan. */
class PolicyScanTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIABbg7EqrWGJYe0et9xHPBox5fblD/3YmCnER6H2IGBO dev\n";
  private static final String FINGERPRINT = "SHA256:R7rQ4wghgmqAZovvHQ2vTWZjgLcRWcd+9MPwG7+Uojc";

  @TempDir private Path temp;
  private Path tree;

  @BeforeEach
  void plant() throws IOException {
    tree = temp.resolve("image");
    write("etc/passwd", "ops:x:1001:1001::/home/ops:/bin/bash\n");
    write("home/ops/.ssh/authorized_keys", KEY);
    write(
        "etc/rsyslog.conf",
        "*.* @198.51.100.7\n*.* @@logs.example.net:6514\n*.* @@pinned.example.net:6514\n");
    write("etc/hosts", "203.0.113.66 pinned.example.net\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JsonNode scan(int code, String policy, String... more) throws IOException {
    Path file = Files.writeString(temp.resolve("policy.yaml"), policy);
    List<String> args = new ArrayList<>(List.of(tree.toString(), "--policy", file.toString()));
    args.addAll(List.of(more));
    WholeRun run = WholeRun.scan(args.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(code);
    return run.report();
  }

  private static List<String> severities(JsonNode report, String rule) {
    List<String> all = new ArrayList<>();
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("rule").asText().equals(rule)) {
        String allowed = finding.at("/fields/allowed").asText();
        all.add(finding.get("severity").asText() + (allowed.isEmpty() ? "" : " " + allowed));
      }
    }
    return all;
  }

  @Test
  void whatIsExpectedIsInfoAndSaysWhy() throws IOException {
    String policy =
        """
        version: 1
        expectedUsers: [{name: ops, note: on call}]
        knownKeys: ["%s"]
        allowedLogTargets: [198.51.100.0/24, "*.example.net"]
        """
            .replace("%s", FINGERPRINT);
    JsonNode report = scan(0, policy);
    assertThat(severities(report, "SSH-001")).containsExactly("info known key");
    assertThat(severities(report, "ACCT-011")).containsExactly("info expected user: on call");
    // The name that the image itself sends elsewhere is none of ours.
    assertThat(severities(report, "RLOG-002"))
        .containsExactlyInAnyOrder(
            "medium", "info log target 198.51.100.0/24", "info log target *.example.net");
    assertThat(report.at("/policy/exceptions")).isEmpty();
  }

  @Test
  void anExceptionSetsFindingsApartWithOwnerAndReason() throws IOException {
    JsonNode report =
        scan(
            0,
            """
            version: 1
            exceptions:
              - {rule: SSH-001, path: "/home/*/.ssh/*", owner: ann, reason: "why", expires: 2999-01-01}
              - {rule: ACCT-003, owner: bob, reason: unused, expires: 2999-01-01}
            """);
    assertThat(severities(report, "SSH-001")).isEmpty();
    JsonNode suppressed = report.at("/policy/suppressed");
    assertThat(suppressed).hasSize(1);
    assertThat(suppressed.get(0).get("rule").asText()).isEqualTo("SSH-001");
    assertThat(suppressed.get(0).at("/exception/owner").asText()).isEqualTo("ann");
    assertThat(report.at("/policy/exceptions/0/findings").asInt()).isEqualTo(1);
    assertThat(report.at("/policy/exceptions/1/findings").asInt()).isZero();
  }

  @Test
  void anExpiredExceptionFiresAgainAndSaysSo() throws IOException {
    JsonNode report =
        scan(
            1,
            """
            version: 1
            exceptions:
              - {fingerprint: "%s", owner: ann, reason: why, expires: 2020-01-01}
            """
                .replace("%s", FINGERPRINT));
    assertThat(severities(report, "SSH-001")).containsExactly("critical");
    assertThat(report.at("/policy/suppressed")).isEmpty();
    assertThat(report.at("/policy/exceptions/0/expired").asBoolean()).isTrue();
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("rule").asText().equals("SSH-001")) {
        assertThat(finding.at("/fields/exception").asText())
            .isEqualTo("expired 2020-01-01, owner ann: why");
      }
    }
  }

  @Test
  void anExceptionForOneKeyDoesNotCoverTheNextOne() throws IOException {
    write(
        "home/ops/.ssh/authorized_keys",
        KEY
            + "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUxZ1gF8yF5Cdg1Rq6PXc7Tq8nCvHkJ1s1x9y8ZQe0X x\n");
    JsonNode report =
        scan(
            1,
            """
            version: 1
            exceptions:
              - {rule: SSH-*, fingerprint: "%s", owner: ann, reason: why, expires: 2999-01-01}
            """
                .replace("%s", FINGERPRINT));
    assertThat(severities(report, "SSH-001")).containsExactly("critical");
  }

  @Test
  void theThresholdIsThePolicysUnlessTheUserSaysOtherwise() throws IOException {
    String policy =
        """
        version: 1
        failOn: {publish: medium, vet: critical}
        knownKeys: ["%s"]
        """
            .replace("%s", FINGERPRINT);
    assertThat(scan(1, policy).get("failOn").asText()).isEqualTo("medium");
    assertThat(scan(0, policy, "--fail-on", "high").get("failOn").asText()).isEqualTo("high");
    assertThat(scan(0, policy, "--profile", "vet").get("failOn").asText()).isEqualTo("critical");
  }

  @Test
  void aWrongPolicyStopsTheScanBeforeItBegins() throws IOException {
    Path file =
        Files.writeString(temp.resolve("p.yaml"), "version: 1\nexceptions: [{rule: X-1}]\n");
    WholeRun run = WholeRun.scan("missing.img", "--policy", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("p.yaml:2:21: there is no rule X-1");
    WholeRun none = WholeRun.scan("missing.img", "--policy", temp.resolve("none").toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("cannot read the policy").contains("no such file");
  }
}
