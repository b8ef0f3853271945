package io.amivet.rule;

import io.amivet.regex.Dialect;
import io.amivet.rule.Exemptions.Allowance;
import io.amivet.rule.Exemptions.Target;
import io.amivet.rule.ForeignPack.Refusal;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules in the YAML of Nosey Parker, Titus and Kingfisher 1: {@code rules} with {@code name},
 * {@code id}, {@code pattern} and examples. What a tool does online to validate a secret is left
 * out.
 */
final class PatternYamlReader {
  static final String TOOL = "Nosey Parker, Titus or Kingfisher";

  /** Sets of characters that a secret must have some of, by Kingfisher's name for it. */
  private static final Map<String, String> REQUIRED_CHARACTERS =
      Map.of(
          "min_digits", "[0-9]",
          "min_uppercase", "[A-Z]",
          "min_lowercase", "[a-z]",
          "min_special_chars", "[^A-Za-z0-9]");

  private static final int MAX_REQUIRED = 1_000;

  private final RuleErrors errors;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private PatternYamlReader(RuleErrors errors) {
    this.errors = errors;
  }

  /** Whether a document is of this format rather than of amivet's own. */
  static boolean recognises(YamlNode document) {
    return firstRule(document)
        .filter(rule -> has(rule, "name") && has(rule, "pattern") && !has(rule, "title"))
        .isPresent();
  }

  private static Optional<Mapping> firstRule(YamlNode document) {
    if (!(document instanceof Mapping top)) {
      return Optional.empty();
    }
    return top.entries().stream()
        .filter(entry -> entry.key().text().equals("rules"))
        .map(YamlNode.Entry::value)
        .filter(Sequence.class::isInstance)
        .flatMap(rules -> ((Sequence) rules).items().stream())
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .findFirst();
  }

  private static boolean has(Mapping mapping, String key) {
    return mapping.entries().stream().anyMatch(entry -> entry.key().text().equals(key));
  }

  static ForeignPack read(YamlNode document, RuleErrors errors) {
    PatternYamlReader reader = new PatternYamlReader(errors);
    for (YamlNode item : YamlMap.of(document, Set.of(), errors).items("rules")) {
      reader.rule(YamlMap.of(item, Set.of(), errors));
    }
    return new ForeignPack(TOOL, reader.rules, reader.refusals);
  }

  private void rule(YamlMap map) {
    String name = map.requiredText("name");
    String id = map.requiredText("id");
    String pattern = map.requiredText("pattern");
    if (id.isEmpty() || pattern.isEmpty()) {
      return;
    }
    if (map.text("visible").orElse("true").equals("false")) {
      refusals.add(new Refusal(id, "it only serves to validate the secrets of other rules"));
      return;
    }
    ForeignRule rule =
        new ForeignRule(id, name, TOOL)
            .minEntropyBits(number(map, "min_entropy"))
            .unsure(map.text("confidence").orElse("").equals("low"))
            .examples(texts(map, "examples"), texts(map, "negative_examples"));
    for (String reference : texts(map, "references")) {
      rule.reference(reference);
    }
    map.node("pattern_requirements")
        .ifPresent(node -> requirements(id, YamlMap.of(node, Set.of(), errors), rule));
    try {
      rules.add(rule.build(pattern, Dialect.RUST));
    } catch (IllegalArgumentException e) {
      refusals.add(new Refusal(id, "pattern: " + e.getMessage()));
    }
  }

  private void requirements(String id, YamlMap map, ForeignRule rule) {
    for (String key : map.keys()) {
      String characters = REQUIRED_CHARACTERS.get(key);
      if (characters != null) {
        int least = (int) Math.min(MAX_REQUIRED, number(map, key));
        if (least > 0) {
          rule.exempt(
              new Allowance(Target.SECRET, List.of(fewer(characters, least)), List.of(), false));
        }
      } else if (key.equals("ignore_if_contains")) {
        rule.exempt(new Allowance(Target.SECRET, List.of(), texts(map, key), false));
      } else if (key.equals("checksum")) {
        refusals.add(new Refusal(id, "its checksum is not computed: it may fire too often"));
      }
    }
  }

  /** Matches texts that have fewer than {@code least} characters of a set. */
  private static String fewer(String set, int least) {
    String other = set.startsWith("[^") ? "[" + set.substring(2) : "[^" + set.substring(1);
    return "\\A" + other + "*+(?:" + set + other + "*+){0," + (least - 1) + "}+\\z";
  }

  private static List<String> texts(YamlMap map, String key) {
    return map.texts(key).stream().map(Scalar::text).toList();
  }

  private double number(YamlMap map, String key) {
    String text = map.text(key).orElse("0");
    try {
      double number = Double.parseDouble(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    errors.add(map.place(key), key + ": expected a number from 0, found " + text);
    return 0;
  }
}
