package io.amivet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.amivet.finding.RiskException;
import io.amivet.policy.Policy.Expected;
import io.amivet.policy.Policy.RequiredTag;
import io.amivet.rule.Profile;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {
  private static final String KEY = "SHA256:Z7IamtJ8GQX3Jy7Z6e+V0RwhYuWQbp/hDwtWrjpLWKM";
  private static final Set<String> RULES = Set.of("SSH-001", "IDR-001");
  private static final String WHOLE =
      """
      version: 1
      failOn: {publish: medium, gate: low}
      expectedUsers:
        - deploy
        - {name: ops, note: on call}
      knownKeys: [%s]
      allowedLogTargets: ["*.example.net"]
      trustedAccounts: ["123456789012"]
      trustedOwners: [amazon, self, "210987654321"]
      requiredTags:
        - owner
        - {key: stage, values: [dev, prod]}
        - {key: ticket, pattern: "OPS-[0-9]+"}
      protectedTags: [scan-status]
      maxAgeDays: 90
      exceptions:
        - rule: IDR-*
          path: /var/lib/**
          owner: platform
          reason: cleared at boot
          expires: 2027-03-31
      """
          .replace("%s", KEY);

  private static Policy load(String text) throws RuleSyntaxException {
    return PolicyLoader.load("p.yaml", text.getBytes(StandardCharsets.UTF_8), RULES);
  }

  @Test
  void readsAllThatTheFormatHas() throws RuleSyntaxException {
    Policy policy = load(WHOLE);
    assertThat(policy.failOn())
        .containsOnly(
            java.util.Map.entry(Profile.PUBLISH, Severity.MEDIUM),
            java.util.Map.entry(Profile.GATE, Severity.LOW));
    assertThat(policy.expectedUsers())
        .containsExactly(new Expected("deploy", ""), new Expected("ops", "on call"));
    assertThat(policy.knownKeys()).containsExactly(new Expected(KEY, ""));
    assertThat(policy.trustedOwners()).containsExactly("amazon", "self", "210987654321");
    assertThat(policy.requiredTags())
        .containsExactly(
            new RequiredTag("owner", List.of(), ""),
            new RequiredTag("stage", List.of("dev", "prod"), ""),
            new RequiredTag("ticket", List.of(), "OPS-[0-9]+"));
    assertThat(policy.maxAgeDays()).hasValue(90);
    assertThat(policy.exceptions())
        .containsExactly(
            new RiskException(
                "IDR-*",
                "/var/lib/**",
                "",
                "platform",
                "cleared at boot",
                LocalDate.of(2027, 3, 31),
                17));
    assertThat(policy.digest()).hasSize(64);
  }

  @Test
  void tellsAllErrorsAtOnceWithTheirPlaces() {
    String text =
        """
        version: 2
        failOn: {nobody: high, gate: much}
        expectedUsers: ["a b", {nme: x}]
        knownKeys: [dev@laptop]
        trustedAccounts: [12]
        nonsense: 1
        exceptions:
          - rule: NOPE-1
            expires: soon
          - path: etc
            owner: me
            reason: why
            expires: 2027-01-01
        """;
    assertThatThrownBy(() -> load(text))
        .isInstanceOfSatisfying(
            RuleSyntaxException.class,
            e ->
                assertThat(e.errors().stream().map(Object::toString))
                    .anyMatch(error -> error.startsWith("p.yaml:1:10: version"))
                    .anyMatch(error -> error.startsWith("p.yaml:2:18: failOn: there is no profile"))
                    .anyMatch(error -> error.startsWith("p.yaml:2:30: failOn: expected critical"))
                    .anyMatch(error -> error.startsWith("p.yaml:3:17: expectedUsers"))
                    .anyMatch(error -> error.equals("p.yaml:3:25: unknown key: nme"))
                    .anyMatch(error -> error.startsWith("p.yaml:4:13: knownKeys"))
                    .anyMatch(error -> error.startsWith("p.yaml:5:19: trustedAccounts"))
                    .anyMatch(error -> error.equals("p.yaml:6:1: unknown key: nonsense"))
                    .anyMatch(error -> error.startsWith("p.yaml:8:11: there is no rule NOPE-1"))
                    .anyMatch(error -> error.equals("p.yaml:8:5: missing key: owner"))
                    .anyMatch(error -> error.equals("p.yaml:8:5: missing key: reason"))
                    .anyMatch(error -> error.startsWith("p.yaml:9:14: expires"))
                    .anyMatch(error -> error.contains("10:5: an exception names a rule or a"))
                    .anyMatch(error -> error.startsWith("p.yaml:10:11: path")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "version: 1\nexceptions: [x]",
        "version: 1\nexceptions: {}",
        "version: 1\nmaxAgeDays: 0",
        "failOn: high",
        "version: 1\nrequiredTags: [{key: a, values: [b], pattern: c}]",
        "version: 1\nexceptions: [{rule: SSH-001, owner: '', reason: a, expires: 2027-01-01}]",
        "version: 1\nexceptions: [{rule: SSH-001, owner: a, reason: a, expires: 2027-02-30}]",
        "version: 1\nexceptions: [{rule: '*', owner: a, reason: a, expires: 2027-02-20}]",
      })
  void refuses(String text) {
    assertThatThrownBy(() -> load(text)).isInstanceOf(RuleSyntaxException.class);
  }

  @Test
  void theSchemaTakesWhatTheLoaderTakes() throws IOException {
    assertThat(schemaErrors(WHOLE)).isEmpty();
    for (String wrong :
        List.of(
            "failOn: high",
            "version: 1\nnonsense: 1",
            "version: 1\nknownKeys: [dev@laptop]",
            "version: 1\nmaxAgeDays: 0",
            "version: 1\ntrustedAccounts: ['12']",
            "version: 1\nrequiredTags: [{key: a, values: [b], pattern: c}]",
            "version: 1\nexceptions: [{rule: SSH-001, owner: a, reason: a}]",
            "version: 1\nexceptions: [{path: /a, owner: a, reason: a, expires: '2027-01-01'}]")) {
      assertThat(schemaErrors(wrong)).as(wrong).isNotEmpty();
    }
  }

  @Test
  void theExampleOfThePageIsAPolicy() throws IOException, RuleSyntaxException {
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/policy.md")));
    assertThat(block.find()).isTrue();
    assertThat(load(block.group(1)).exceptions()).hasSize(1);
    assertThat(schemaErrors(block.group(1))).isEmpty();
  }

  private static List<?> schemaErrors(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../docs/policy-schema.json")), InputFormat.JSON);
    // Dates without quotes are text, as the loader reads them.
    String json =
        new ObjectMapper()
            .writeValueAsString(
                new org.snakeyaml.engine.v2.api.Load(
                        org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
                    .loadFromString(yaml));
    return schema.validate(json, InputFormat.JSON);
  }
}
