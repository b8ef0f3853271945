package io.amivet.rule;

import io.amivet.rule.Rule.Condition;
import io.amivet.rule.YamlNode.Place;
import io.amivet.rule.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns one item of {@code rules:} into a {@link Rule}. */
final class RuleReader {
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{1,9}-[0-9]{3,4}");
  private static final Pattern CATEGORY = Pattern.compile("[a-z]{2,10}");

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "description",
          "category",
          "severity",
          "paths",
          "exclude",
          "parser",
          "kinds",
          "where",
          "pattern",
          "token",
          "assigned",
          "vendor",
          "keywords",
          "entropy",
          "checks",
          "exists",
          "metadata",
          "remediation",
          "references",
          "examples");

  static final Set<String> DEFAULT_KEYS = Set.of("category", "severity", "references");

  private final RuleErrors errors;
  private final Set<String> parserNames;
  private final List<PathPattern> excludedByAll;
  private final YamlMap defaults;
  private String lastId = "";

  /**
   * @param defaults what rules have that do not say it themselves: {@link #DEFAULT_KEYS}
   */
  RuleReader(
      RuleErrors errors,
      Set<String> parserNames,
      List<PathPattern> excludedByAll,
      YamlMap defaults) {
    this.errors = errors;
    this.parserNames = parserNames;
    this.excludedByAll = excludedByAll;
    this.defaults = defaults;
  }

  /** The id of the rule read last, even if that rule had errors; empty if it had no id. */
  String lastId() {
    return lastId;
  }

  Optional<Rule> read(YamlNode node) {
    int before = errors.count();
    YamlMap map = YamlMap.of(node, KEYS, errors).withDefaults(defaults);
    lastId = matching(map, "id", ID);
    String title = map.requiredText("title");
    String description = map.requiredText("description");
    String category = matching(map, "category", CATEGORY);
    String remediation = remediation(map);
    Map<Profile, Severity> severity = severities(map);
    List<PathPattern> paths = PathPatterns.read(map, "paths", errors);
    List<PathPattern> excluded = new ArrayList<>(excludedByAll);
    excluded.addAll(PathPatterns.read(map, "exclude", errors));
    Optional<Condition> condition = new ConditionReader(errors, parserNames).read(map);
    if (paths.isEmpty() && ConditionReader.CONTENT.stream().noneMatch(map::has)) {
      errors.add(
          map.place(),
          "a rule without one of " + String.join(", ", ConditionReader.CONTENT) + " needs paths");
    }
    Optional<Rule.Examples> examples = new ExampleReader(errors).read(map, condition);
    if (errors.count() > before || condition.isEmpty() || examples.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            lastId,
            title,
            description,
            category,
            severity,
            paths,
            excluded,
            condition.get(),
            remediation,
            map.texts("references").stream().map(Scalar::text).toList(),
            examples.get()));
  }

  /** Its own words, or those for a secret that {@code vendor} issues and can revoke. */
  private static String remediation(YamlMap map) {
    if (!map.has("remediation") && map.has("vendor")) {
      return "Revoke the secret at "
          + map.requiredText("vendor")
          + " first, then remove the file and rebuild the image from its source.";
    }
    return map.requiredText("remediation");
  }

  private String matching(YamlMap map, String key, Pattern form) {
    String text = map.requiredText(key);
    if (!text.isEmpty() && !form.matcher(text).matches()) {
      errors.add(map.place(key), key + " must match " + form.pattern() + ": " + text);
    }
    return text;
  }

  private Map<Profile, Severity> severities(YamlMap rule) {
    Map<Profile, Severity> severities = new EnumMap<>(Profile.class);
    Optional<YamlNode> node = rule.node("severity");
    if (node.isEmpty()) {
      errors.add(rule.place(), "missing key: severity");
      return severities;
    }
    YamlMap map = YamlMap.of(node.get(), Set.of(), errors);
    for (String key : map.keys()) {
      Place place = map.place(key);
      Optional<Profile> profile = Profile.ofLabel(key);
      Optional<Severity> severity = map.text(key).flatMap(Severity::ofLabel);
      if (profile.isEmpty()) {
        errors.add(place, "unknown profile: " + key);
      } else if (severity.isEmpty()) {
        errors.add(place, "not a severity (critical, high, medium, low, info): " + key);
      } else {
        severities.put(profile.get(), severity.get());
      }
    }
    if (severities.isEmpty()) {
      errors.add(map.place(), "severity: no profile");
    }
    return severities;
  }
}
