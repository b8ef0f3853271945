package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private static final ArtifactFile FILE = ArtifactFile.of("/etc/a", new byte[3]);

  @Test
  void selectsByPathInEveryHome() {
    RuleSet rules =
        set(exists("TST-001", List.of("~/.x", "/etc/*.conf"), List.of("/etc/no.conf")))
            .withHomes(List.of("/root", "/srv/a b/", "/"));

    assertThat(rules.select("/root/.x")).hasSize(1);
    assertThat(rules.select("/srv/a b/.x")).hasSize(1);
    assertThat(rules.select("/.x")).hasSize(1);
    assertThat(rules.select("/home/u/.x")).isEmpty();
    assertThat(rules.select("/etc/yes.conf")).hasSize(1);
    assertThat(rules.select("/etc/no.conf")).isEmpty();
  }

  @Test
  void leavesOutRulesWithoutASeverityInTheProfile() {
    Rule rule = exists("TST-001", List.of("/etc/a"), List.of());

    assertThat(new RuleSet(List.of(rule), List.of(), Profile.GATE).select("/etc/a")).isEmpty();
  }

  @Test
  void firesOnlyForTheKindsAndFieldsThatTheRuleAsksFor() {
    ArtifactParser parser = parser("p", () -> List.of(fact("k", Map.of("user", "root"))));

    assertThat(fires(parser, List.of("k"), Map.of())).isTrue();
    assertThat(fires(parser, List.of("other"), Map.of())).isFalse();
    assertThat(fires(parser, List.of("k"), Map.of("user", List.of("root", "admin")))).isTrue();
    assertThat(fires(parser, List.of("k"), Map.of("user", List.of("admin")))).isFalse();
    assertThat(fires(parser, List.of("k"), Map.of("!user", List.of("root")))).isFalse();
    assertThat(fires(parser, List.of("k"), Map.of("!state", List.of("locked")))).isTrue();
  }

  @Test
  void aParserThatThrowsIsNamedAndHidesNothing() {
    ArtifactParser bad =
        parser(
            "bad",
            () -> {
              throw new IllegalStateException("the file says hunter2");
            });
    Rule existing = exists("TST-001", List.of("/etc/a"), List.of());
    Rule parsed = parsed("TST-002", "bad", List.of("k"), Map.of());
    RuleSet rules = new RuleSet(List.of(parsed, existing), List.of(bad), Profile.PUBLISH);

    ParserFailure failure =
        catchThrowableOfType(
            ParserFailure.class,
            () -> rules.evaluate(rules.select("/etc/a"), FILE, ImageView.empty()));

    assertThat(failure.parser()).isEqualTo("bad");
    assertThat(failure.path()).isEqualTo("/etc/a");
    assertThat(failure).hasMessageNotContaining("hunter2").hasNoCause();
    assertThat(failure.matches()).hasSize(1);
  }

  @Test
  void refusesARuleWhoseParserIsNotThere() {
    assertThatThrownBy(() -> set(parsed("TST-001", "nope", List.of("k"), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nope");
  }

  @Test
  void contentRulesKeepToTheirPaths() {
    Rule rule =
        rule(
            "TST-001",
            List.of(),
            List.of("/**/*.sample"),
            new Rule.Condition.Content("abc", List.of("abc"), 0, List.of()));

    assertThat(set(rule).contentRules("/etc/a")).containsExactly(rule);
    assertThat(set(rule).contentRules("/etc/a.sample")).isEmpty();
    assertThat(set(rule).select("/etc/a")).isEmpty();
  }

  private static boolean fires(
      ArtifactParser parser, List<String> kinds, Map<String, List<String>> where) {
    RuleSet rules =
        new RuleSet(
            List.of(parsed("TST-001", "p", kinds, where)), List.of(parser), Profile.PUBLISH);
    return !rules.evaluate(rules.select("/etc/a"), FILE, ImageView.empty()).isEmpty();
  }

  private static Artifact fact(String kind, Map<String, String> fields) {
    return new Artifact(kind, 1, 0, Evidence.none(), fields, List.of());
  }

  private static ArtifactParser parser(String name, Supplier<List<Artifact>> facts) {
    return new ArtifactParser() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Artifact> parse(ArtifactFile file, ImageView image) {
        return facts.get();
      }
    };
  }

  private static RuleSet set(Rule rule) {
    return new RuleSet(List.of(rule), List.of(), Profile.PUBLISH);
  }

  private static Rule exists(String id, List<String> paths, List<String> excluded) {
    return rule(id, paths, excluded, new Rule.Condition.Exists(1));
  }

  private static Rule parsed(
      String id, String parser, List<String> kinds, Map<String, List<String>> where) {
    return rule(id, List.of("/etc/a"), List.of(), new Rule.Condition.Parsed(parser, kinds, where));
  }

  private static Rule rule(
      String id, List<String> paths, List<String> excluded, Rule.Condition condition) {
    return new Rule(
        id,
        "t",
        "d",
        "tst",
        Map.of(Profile.PUBLISH, Severity.HIGH),
        paths.stream().map(PathPattern::new).toList(),
        excluded.stream().map(PathPattern::new).toList(),
        condition,
        "r",
        List.of(),
        new Rule.Examples(List.of(), List.of()));
  }
}
