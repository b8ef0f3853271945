package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.registry.Parsers;
import io.amivet.match.RuleSamples;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RuleExamplesTest {
  private static final List<Rule> RULES = RulePacks.builtIn().rules();

  @TestFactory
  List<DynamicTest> everyRuleDoesWhatItsSamplesSay() {
    return RULES.stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.id() + " " + rule.title(),
                () -> assertThat(new RuleSamples(rule, Parsers.all()).failures()).isEmpty()))
        .toList();
  }

  @Test
  void everyRuleHasSamplesTextsAndASeverity() {
    assertThat(RULES)
        .isNotEmpty()
        .allSatisfy(rule -> {
          assertThat(rule.title()).isNotBlank();
          assertThat(rule.description()).isNotBlank();
          assertThat(rule.remediation()).isNotBlank();
          assertThat(rule.references()).isNotEmpty();
          assertThat(rule.severity()).isNotEmpty();
          assertThat(rule.examples().positive()).isNotEmpty();
          assertThat(rule.examples().negative()).isNotEmpty();
        });
  }

  @Test
  void everyRuleNamesAParserThatIsThere() {
    for (Profile profile : Profile.values()) {
      assertThat(new RuleSet(RULES, Parsers.all(), profile).rules()).isNotEmpty();
    }
  }
}
