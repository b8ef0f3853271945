package io.amivet.rule;

import io.amivet.artifact.SecretChecks;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the condition of a rule: exactly one of {@code parser}, {@code pattern}, {@code exists},
 * {@code metadata}.
 */
final class ConditionReader {
  private static final int MIN_KEYWORD_CHARS = 3;
  private static final List<String> KINDS = List.of("parser", "pattern", "exists", "metadata");

  private final RuleErrors errors;
  private final Set<String> parserNames;

  ConditionReader(RuleErrors errors, Set<String> parserNames) {
    this.errors = errors;
    this.parserNames = parserNames;
  }

  Optional<Condition> read(YamlMap rule) {
    List<String> given = KINDS.stream().filter(rule::has).toList();
    if (given.size() != 1) {
      errors.add(
          rule.place(), "expected exactly one of " + String.join(", ", KINDS) + "; found " + given);
      return Optional.empty();
    }
    refuseStrays(rule, given.getFirst());
    return switch (given.getFirst()) {
      case "parser" -> parsed(rule);
      case "pattern" -> content(rule);
      case "metadata" ->
          rule.node("metadata").flatMap(node -> new MetadataReader(errors).read(node));
      default -> exists(rule);
    };
  }

  private void refuseStrays(YamlMap rule, String given) {
    Map<String, String> owners =
        Map.of(
            "kinds",
            "parser",
            "where",
            "parser",
            "keywords",
            "pattern",
            "entropy",
            "pattern",
            "checks",
            "pattern");
    for (String key : rule.keys()) {
      if (!owners.getOrDefault(key, given).equals(given)) {
        errors.add(rule.place(key), key + " goes with " + owners.get(key) + ", not with " + given);
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

  private Optional<Condition> content(YamlMap rule) {
    String regex = rule.requiredText("pattern");
    if (!errors.isVerified()) {
      verify(rule, regex);
    }
    return Optional.of(new Condition.Content(regex, keywords(rule), entropy(rule), checks(rule)));
  }

  private void verify(YamlMap rule, String regex) {
    try {
      RegexShape.of(regex);
    } catch (IllegalArgumentException e) {
      errors.add(rule.place("pattern"), "pattern: " + e.getMessage());
    }
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
      if (!SecretChecks.names().contains(check.text())) {
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
