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
import java.util.Locale;
import java.util.Set;

/**
 * Rules in the TOML of Gitleaks 8 and of Betterleaks, as its {@code config/gitleaks.toml} has them:
 * {@code [[rules]]} with {@code regex}, {@code secretGroup}, {@code entropy}, {@code path} and
 * allowlists in the old form and the new one. Keywords are taken from the expression itself, since
 * Gitleaks looks for its own anywhere in the file.
 */
final class GitleaksReader {
  static final String TOOL = "Gitleaks or Betterleaks";

  private final RuleErrors errors;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<GlobalAllowlist> globals = new ArrayList<>();

  /** An allowlist of all rules, or of some. */
  private record GlobalAllowlist(YamlMap map, List<String> targetRules) {
    boolean isFor(String id) {
      return targetRules.isEmpty() || targetRules.contains(id);
    }
  }

  private GitleaksReader(RuleErrors errors) {
    this.errors = errors;
  }

  static ForeignPack read(YamlNode document, RuleErrors errors) {
    GitleaksReader reader = new GitleaksReader(errors);
    reader.file(YamlMap.of(document, Set.of(), errors));
    return new ForeignPack(TOOL, reader.rules, reader.refusals);
  }

  private void file(YamlMap file) {
    if (file.has("extend")) {
      refusals.add(new Refusal("[extend]", "the rules that it extends are not part of this file"));
    }
    for (YamlMap allowlist : allowlists(file)) {
      List<String> targets = texts(allowlist, "targetRules");
      globals.add(new GlobalAllowlist(allowlist, targets));
    }
    for (YamlNode item : file.items("rules")) {
      rule(YamlMap.of(item, Set.of(), errors));
    }
  }

  /** {@code [allowlist]}, {@code [[allowlists]]}, and the same below a rule. */
  private List<YamlMap> allowlists(YamlMap owner) {
    List<YamlMap> maps = new ArrayList<>();
    for (String key : List.of("allowlist", "allowlists")) {
      YamlNode node = owner.node(key).orElse(null);
      if (node instanceof Mapping) {
        maps.add(YamlMap.of(node, Set.of(), errors));
      } else if (node instanceof Sequence sequence) {
        sequence.items().forEach(item -> maps.add(YamlMap.of(item, Set.of(), errors)));
      } else if (node != null) {
        errors.add(node.place(), key + ": expected a table");
      }
    }
    return maps;
  }

  private void rule(YamlMap map) {
    String id = map.requiredText("id");
    if (id.isEmpty()) {
      return;
    }
    if (map.has("required")) {
      refusals.add(new Refusal(id, "it requires a match of another rule nearby"));
      return;
    }
    if (!map.has("regex")) {
      refusals.add(
          new Refusal(
              id,
              map.has("path") ? "it names files by an expression alone" : "it has no expression"));
      return;
    }
    ForeignRule rule =
        new ForeignRule(id, map.text("description").orElse(id), TOOL)
            .secretGroup((int) number(map, "secretGroup"))
            .minEntropyBits(number(map, "entropy"));
    String place = "regex";
    try {
      if (map.has("path")) {
        place = "path";
        rule.onlyPath(ForeignRule.regex(map.text("path").orElse(""), Dialect.GO));
      }
      place = "allowlist";
      for (YamlMap allowlist : allowlists(map)) {
        exempt(id, rule, allowlist);
      }
      for (GlobalAllowlist global : globals) {
        if (global.isFor(id)) {
          exempt(id, rule, global.map());
        }
      }
      place = "regex";
      rules.add(rule.build(map.requiredText("regex"), Dialect.GO));
    } catch (IllegalArgumentException e) {
      refusals.add(new Refusal(id, place + ": " + e.getMessage()));
    }
  }

  private void exempt(String id, ForeignRule rule, YamlMap allowlist) {
    boolean all =
        allowlist.text("condition").orElse("OR").toUpperCase(Locale.ROOT).matches("AND|&&");
    List<String> paths = regexes(allowlist, "paths");
    List<String> regexes = regexes(allowlist, "regexes");
    List<String> stopwords = texts(allowlist, "stopwords");
    boolean byText = !regexes.isEmpty() || !stopwords.isEmpty();
    if (all && !paths.isEmpty() && byText) {
      refusals.add(
          new Refusal(id, "an allowlist that asks for a path and a text at once is left out"));
      return;
    }
    if (all && allowlist.has("commits")) {
      refusals.add(new Refusal(id, "an allowlist that asks for a commit is left out"));
      return;
    }
    rule.exemptPaths(paths);
    if (byText) {
      Target target =
          switch (allowlist.text("regexTarget").orElse("secret")) {
            case "match" -> Target.MATCH;
            case "line" -> Target.LINE;
            default -> Target.SECRET;
          };
      rule.exempt(
          new Allowance(
              target, regexes, stopwords, all && !regexes.isEmpty() && !stopwords.isEmpty()));
    }
  }

  private List<String> regexes(YamlMap map, String key) {
    List<String> regexes = new ArrayList<>();
    for (String text : texts(map, key)) {
      regexes.add(ForeignRule.regex(text, Dialect.GO));
    }
    return regexes;
  }

  private static List<String> texts(YamlMap map, String key) {
    return map.texts(key).stream().map(Scalar::text).toList();
  }

  private double number(YamlMap map, String key) {
    String text = map.text(key).orElse("0");
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number < 1000) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    errors.add(map.place(key), key + ": expected a number from 0, found " + text);
    return 0;
  }
}
