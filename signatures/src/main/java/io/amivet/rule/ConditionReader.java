package io.amivet.rule;

import io.amivet.artifact.SecretChecks;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the condition of a rule: exactly one of {@code parser}, {@code pattern}, {@code token},
 * {@code assigned}, {@code exists}, {@code metadata}.
 */
final class ConditionReader {
  private static final int MIN_KEYWORD_CHARS = 3;
  static final List<String> CONTENT = List.of("pattern", "token", "assigned");
  private static final List<String> CONDITIONS =
      List.of("parser", "pattern", "token", "assigned", "exists", "metadata");

  private final RuleErrors errors;
  private final Set<String> parserNames;

  ConditionReader(RuleErrors errors, Set<String> parserNames) {
    this.errors = errors;
    this.parserNames = parserNames;
  }

  Optional<Condition> read(YamlMap rule) {
    List<String> given = CONDITIONS.stream().filter(rule::has).toList();
    if (given.size() != 1) {
      errors.add(
          rule.place(),
          "expected exactly one of " + String.join(", ", CONDITIONS) + "; found " + given);
      return Optional.empty();
    }
    refuseStrays(rule, given.getFirst());
    return switch (given.getFirst()) {
      case "parser" -> parsed(rule);
      case "pattern" -> content(rule, "pattern", rule.requiredText("pattern"), List.of());
      case "token" ->
          content(rule, "token", TokenPattern.expand(rule.requiredText("token")), List.of());
      case "assigned" -> assigned(rule);
      case "metadata" ->
          rule.node("metadata").flatMap(node -> new MetadataReader(errors).read(node));
      default -> exists(rule);
    };
  }

  private void refuseStrays(YamlMap rule, String given) {
    Map<String, List<String>> owners =
        Map.of(
            "kinds", List.of("parser"),
            "where", List.of("parser"),
            "keywords", List.of("pattern", "token"),
            "entropy", CONTENT,
            "checks", CONTENT);
    for (String key : rule.keys()) {
      List<String> owner = owners.getOrDefault(key, List.of(given));
      if (!owner.contains(given)) {
        errors.add(
            rule.place(key),
            key + " goes with " + String.join(", ", owner) + ", not with " + given);
      }
    }
  }

  private Optional<Condition> parsed(YamlMap rule) {
    String parser = rule.requiredText("parser");
    if (!parserNames.isEmpty() && !parserNames.contains(parser)) {
      errors.add(rule.place("parser"), "unknown parser: " + parser);
    }
    List<String> kinds = rule.texts("kinds").stream().map(Scalar::text).toList();
    if (kinds.isEmpty()) {
      errors.add(rule.place(), "missing key: kinds");
    }
    Map<String, List<String>> where = new LinkedHashMap<>();
    rule.node("where")
        .ifPresent(node -> {
          YamlMap map = YamlMap.of(node, Set.of(), errors);
          for (String key : map.keys()) {
            where.put(key, map.texts(key).stream().map(Scalar::text).toList());
          }
        });
    return Optional.of(new Condition.Parsed(parser, kinds, where));
  }

  /**
   * @param key where the expression came from
   * @param implied keywords that the expression brings; without any the rule names them
   */
  private Optional<Condition> content(
      YamlMap rule, String key, String regex, List<String> implied) {
    if (!errors.isVerified()) {
      verify(rule, key, regex);
    }
    List<String> keywords = implied.isEmpty() ? keywords(rule) : implied;
    return Optional.of(new Condition.Content(regex, keywords, entropy(rule), checks(rule)));
  }

  private void verify(YamlMap rule, String key, String regex) {
    try {
      RegexShape.of(regex);
    } catch (IllegalArgumentException e) {
      errors.add(rule.place(key), key + ": " + e.getMessage());
    }
  }

  private Optional<Condition> assigned(YamlMap rule) {
    YamlMap map =
        YamlMap.of(rule.node("assigned").orElseThrow(), Set.of("names", "words", "value"), errors);
    List<String> names = matching(map, "names", AssignedPattern.NAME);
    List<String> words =
        map.has("words")
            ? matching(map, "words", AssignedPattern.WORD)
            : AssignedPattern.DEFAULT_WORDS;
    AssignedPattern pattern = new AssignedPattern(names, words, map.requiredText("value"));
    if (names.isEmpty()) {
      errors.add(map.place(), "assigned: missing key: names");
      return Optional.empty();
    }
    return content(rule, "assigned", pattern.regex(), pattern.keywords());
  }

  private List<String> matching(YamlMap map, String key, Pattern form) {
    List<Scalar> scalars = map.texts(key);
    for (Scalar scalar : scalars) {
      if (!form.matcher(scalar.text()).matches()) {
        errors.add(
            scalar.place(), key + ": lower-case words joined by _ are expected: " + scalar.text());
      }
    }
    return scalars.stream().map(Scalar::text).toList();
  }

  private List<String> keywords(YamlMap rule) {
    List<Scalar> keywords = rule.texts("keywords");
    if (keywords.isEmpty()) {
      errors.add(rule.place(), "a pattern needs keywords");
    }
    for (Scalar keyword : keywords) {
      String text = keyword.text();
      if (text.length() < MIN_KEYWORD_CHARS || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
        errors.add(
            keyword.place(),
            "a keyword has at least " + MIN_KEYWORD_CHARS + " printable ASCII characters");
      }
    }
    return keywords.stream().map(Scalar::text).toList();
  }

  private double entropy(YamlMap rule) {
    String text = rule.text("entropy").orElse("0");
    try {
      double bits = Double.parseDouble(text);
      if (bits >= 0 && bits <= 8) {
        return bits;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    errors.add(rule.place("entropy"), "entropy is 0 to 8 bits per character: " + text);
    return 0;
  }

  private List<String> checks(YamlMap rule) {
    List<Scalar> checks = rule.texts("checks");
    for (Scalar check : checks) {
      if (!SecretChecks.isKnown(check.text())) {
        errors.add(check.place(), "unknown check: " + check.text());
      }
    }
    return checks.stream().map(Scalar::text).toList();
  }

  private Optional<Condition> exists(YamlMap rule) {
    YamlMap map = YamlMap.of(rule.node("exists").orElseThrow(), Set.of("minSize"), errors);
    String text = map.text("minSize").orElse("0");
    if (!text.matches("[0-9]{1,15}")) {
      errors.add(map.place("minSize"), "minSize is a number of bytes: " + text);
      return Optional.empty();
    }
    return Optional.of(new Condition.Exists(Long.parseLong(text)));
  }
}
