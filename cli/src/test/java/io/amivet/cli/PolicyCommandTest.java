package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the generated guard-rails deny, by the rules of IAM for the operators that they use. */
class PolicyCommandTest {
  private static final String IMAGE = "arn:aws:ec2:eu-west-1::image/ami-1";
  private static final String SNAPSHOT = "arn:aws:ec2:eu-west-1::snapshot/snap-1";
  private static final String PROMOTER = "arn:aws:iam::111122223333:role/promoter";
  private static final String OTHER = "arn:aws:iam::111122223333:role/developer";

  private JsonNode policy = new ObjectMapper().createObjectNode();

  private void generate(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("policy", "generate"));
    args.addAll(List.of(options));
    CommandRun command = new CommandRun();
    assertThat(command.run(args.toArray(String[]::new))).as(command.err()).isZero();
    policy = new ObjectMapper().readTree(command.out());
  }

  @Test
  void aRequiredKeyMayHaveAnyValue() throws IOException {
    generate("--require-key", "team");
    assertThat(denied("ec2:CreateImage", IMAGE, Map.of())).isTrue();
    assertThat(denied("ec2:CopyImage", IMAGE, tag("other", "x"))).isTrue();
    assertThat(denied("ec2:CreateImage", IMAGE, tag("team", ""))).isFalse();
    assertThat(denied("ec2:CreateImage", SNAPSHOT, Map.of())).isFalse();
    assertThat(denied("ec2:RunInstances", IMAGE, Map.of())).isFalse();
  }

  @Test
  void aRequiredValueIsExact() throws IOException {
    generate("--type", "scp", "--require-value", "env=prod", "--with-snapshots");
    assertThat(denied("ec2:CreateImage", IMAGE, Map.of())).isTrue();
    assertThat(denied("ec2:CreateImage", IMAGE, tag("env", "PROD"))).isTrue();
    assertThat(denied("ec2:CreateImage", IMAGE, tag("env", "prod"))).isFalse();
    assertThat(denied("ec2:CreateImage", SNAPSHOT, Map.of())).isTrue();
  }

  @Test
  void aPatternCountsItsCharacters() throws IOException {
    generate("--require-pattern", "name=app-???-*", "--require-pattern", "name=?*");
    assertThat(denied("ec2:CreateImage", IMAGE, tag("name", "app-web-"))).isFalse();
    assertThat(denied("ec2:CreateImage", IMAGE, tag("name", "app-we-1"))).isTrue();
    generate("--require-pattern", "name=?*");
    assertThat(denied("ec2:CreateImage", IMAGE, tag("name", ""))).isTrue();
    generate("--require-pattern", "name=*");
    assertThat(denied("ec2:CreateImage", IMAGE, tag("name", ""))).isFalse();
    assertThat(denied("ec2:CreateImage", IMAGE, Map.of())).isTrue();
  }

  @Test
  void consumersLaunchWhatIsTaggedAndOfATrustedOwner() throws IOException {
    generate("--consumer", "ami-scan:status=pass", "--trusted-owner", "111122223333");
    Map<String, List<String>> good =
        Map.of(
            "ec2:ResourceTag/ami-scan:status", List.of("pass"),
            "ec2:Owner", List.of("111122223333"));
    Map<String, List<String>> foreign =
        Map.of(
            "ec2:ResourceTag/ami-scan:status", List.of("pass"),
            "ec2:Owner", List.of("999999999999"));
    assertThat(denied("ec2:RunInstances", IMAGE, good)).isFalse();
    assertThat(denied("ec2:RunInstances", IMAGE, foreign)).isTrue();
    assertThat(denied("ec2:RunInstances", IMAGE, Map.of("ec2:Owner", List.of("111122223333"))))
        .isTrue();
  }

  @Test
  void onlyThePromoterTouchesProtectedTagsAndSharing() throws IOException {
    generate("--protect-tags", "ami-scan:*", "--protect-sharing", "--promoter", PROMOTER);
    for (String who : List.of(PROMOTER, OTHER)) {
      boolean other = who.equals(OTHER);
      List<String> principal = List.of(who);
      Map<String, List<String>> forged =
          Map.of("aws:PrincipalArn", principal, "aws:TagKeys", List.of("Name", "ami-scan:status"));
      Map<String, List<String>> harmless =
          Map.of("aws:PrincipalArn", principal, "aws:TagKeys", List.of("Name"));
      Map<String, List<String>> bare = Map.of("aws:PrincipalArn", principal);
      assertThat(denied("ec2:CreateTags", IMAGE, forged)).isEqualTo(other);
      assertThat(denied("ec2:CopyImage", IMAGE, forged)).isEqualTo(other);
      assertThat(denied("ec2:DeleteTags", SNAPSHOT, bare)).isEqualTo(other);
      assertThat(denied("ec2:ModifyImageAttribute", IMAGE, bare)).isEqualTo(other);
      assertThat(denied("ec2:CreateTags", IMAGE, harmless)).isFalse();
      assertThat(denied("ec2:CreateImage", IMAGE, bare)).isFalse();
    }
  }

  @Test
  void mistakesAreNamed() {
    for (List<String> options :
        List.of(
            List.<String>of(),
            List.of("--protect-sharing"),
            List.of("--require-value", "env"),
            List.of("--require-key", "a*"),
            List.of("--trusted-owner", "joe"))) {
      List<String> args = new ArrayList<>(List.of("policy", "generate"));
      args.addAll(options);
      assertThat(new CommandRun().run(args.toArray(String[]::new))).isEqualTo(2);
    }
  }

  private static Map<String, List<String>> tag(String key, String value) {
    return Map.of("aws:RequestTag/" + key, List.of(value));
  }

  private boolean denied(String action, String resource, Map<String, List<String>> context) {
    for (JsonNode statement : policy.get("Statement")) {
      if (strings(statement.get("Action")).contains(action)
          && strings(statement.get("Resource")).stream().anyMatch(r -> like(r, resource))
          && statement.get("Condition").properties().stream()
              .allMatch(operator ->
                  operator.getValue().properties().stream()
                      .allMatch(test ->
                          holds(
                              operator.getKey(),
                              strings(test.getValue()),
                              context.getOrDefault(test.getKey(), List.of()))))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String operator, List<String> wanted, List<String> given) {
    return switch (operator) {
      case "Null" -> given.isEmpty() == Boolean.parseBoolean(wanted.getFirst());
      case "StringNotEquals" -> given.stream().noneMatch(wanted::contains);
      case "StringNotLike", "ArnNotLike" -> given.stream().noneMatch(g -> anyLike(wanted, g));
      case "ForAnyValue:StringLike" -> given.stream().anyMatch(g -> anyLike(wanted, g));
      default -> throw new AssertionError(operator);
    };
  }

  private static boolean anyLike(List<String> patterns, String value) {
    return patterns.stream().anyMatch(pattern -> like(pattern, value));
  }

  private static boolean like(String pattern, String value) {
    String expression = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.matches(expression, value);
  }

  private static List<String> strings(JsonNode node) {
    if (!node.isArray()) {
      return List.of(node.textValue());
    }
    List<String> all = new ArrayList<>();
    node.forEach(one -> all.add(one.textValue()));
    return all;
  }
}
