package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.amivet.rule.RuleSyntaxException.RuleError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleLoaderTest {
  private static final String GOOD =
      """
      rules:
        - id: TST-001
          title: A title
          description: What it means.
          category: tst
          severity: {publish: high, vet: low}
          pattern: '\\b(?<secret>tok_[a-z]{8})\\b'
          keywords: [tok_]
          remediation: Remove it.
          references: [x]
          examples:
            positive: [{path: /a, text: "tok_abcdefgh"}]
            negative: [{path: /a, text: "tok_"}]
      """;

  @Test
  void readsARule() throws RuleSyntaxException {
    Rule rule = load(GOOD).getFirst();

    assertThat(rule.id()).isEqualTo("TST-001");
    assertThat(rule.severity())
        .containsEntry(Profile.PUBLISH, Severity.HIGH)
        .containsEntry(Profile.VET, Severity.LOW)
        .hasSize(2);
    assertThat(rule.condition())
        .isEqualTo(
            new Rule.Condition.Content(
                "\\b(?<secret>tok_[a-z]{8})\\b", List.of("tok_"), 0, List.of()));
  }

  @Test
  void tellsAllErrorsAtOnceWithTheirPlaces() {
    String bad =
        GOOD.replace("title: A title", "titel: A title")
            .replace("publish: high", "publish: hihg")
            .replace("category: tst", "category: TST");

    assertThat(errors(bad))
        .extracting(RuleError::line, RuleError::message)
        .containsExactlyInAnyOrder(
            tuple(3, "unknown key: titel"),
            tuple(2, "missing key: title"),
            tuple(5, "category must match [a-z]{2,10}: TST"),
            tuple(6, "not a severity (critical, high, medium, low, info): publish"));
    assertThat(errors(bad)).allSatisfy(error -> assertThat(error.file()).isEqualTo("x.yaml"));
  }

  @Test
  void refusesAnIdThatIsTaken() {
    String twice = GOOD + GOOD.replace("rules:\n", "");

    assertThat(messages(twice)).containsExactly("id TST-001 is taken, in x.yaml");
  }

  @Test
  void refusesPatternsThatDoNotCompileOrHaveNoLimit() {
    assertThat(messages(GOOD.replace("[a-z]{8}", "[a-z{8}")))
        .first()
        .asString()
        .contains("pattern: ");
    assertThat(messages(GOOD.replace("[a-z]{8}", "[a-z]+")))
        .first()
        .asString()
        .contains("bound the");
    assertThat(messages(GOOD.replace("[a-z]{8}", "(?:a{1,100}){1,100}")))
        .first()
        .asString()
        .contains("4096");
  }

  @Test
  void refusesGlobsThatAreNone() {
    assertThat(
            messages(
                GOOD.replace("    category", "    paths: [etc, \"/a/**b\", \"/[\"]\n    category")))
        .hasSize(3);
  }

  @Test
  void refusesRulesWithoutSamplesOrKeywords() {
    assertThat(
            messages(
                GOOD.replace("positive: [{path: /a, text: \"tok_abcdefgh\"}]", "positive: []")))
        .contains("examples: at least one positive example is needed");
    assertThat(messages(GOOD.replace("keywords: [tok_]", "keywords: [other]")))
        .contains("no keyword occurs in the positive example /a");
    assertThat(messages(GOOD.replace("keywords: [tok_]", "entropy: 1")))
        .contains("a pattern needs keywords");
  }

  @Test
  void refusesAnUnknownParser() {
    String parsed =
        GOOD.replaceAll("(?m)^    pattern:.*$", "    parser: nope\n    kinds: [x]\n    paths: [/a]")
            .replaceAll("(?m)^    keywords:.*\\n", "");

    RuleSyntaxException e =
        catchThrowableOfType(
            RuleSyntaxException.class,
            () -> new RuleLoader(Set.of("yes")).load("x.yaml", bytes(parsed)));

    assertThat(e.errors()).extracting(RuleError::message).contains("unknown parser: nope");
  }

  @Test
  void refusesHostileYaml() {
    assertThat(messages("a: &x [1]\nb: *x\n")).first().asString().contains("anchors");
    assertThat(messages("[".repeat(100_000))).first().asString().contains("nested deeper");
    assertThat(messages("rules: [\n")).first().asString().contains("not YAML");
    assertThat(messages("x".repeat(RuleLoader.MAX_SOURCE_BYTES + 1)))
        .first()
        .asString()
        .contains("larger");
    assertThat(messages("")).containsExactly("no rules");
  }

  private static List<String> messages(String yaml) {
    return errors(yaml).stream().map(RuleError::message).toList();
  }

  private static List<RuleError> errors(String yaml) {
    return catchThrowableOfType(RuleSyntaxException.class, () -> load(yaml)).errors();
  }

  private static List<Rule> load(String yaml) throws RuleSyntaxException {
    return new RuleLoader().load("x.yaml", bytes(yaml));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
