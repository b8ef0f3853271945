package io.amivet.policy;

import io.amivet.finding.RiskException;
import io.amivet.glob.Glob;
import io.amivet.rule.RuleErrors;
import io.amivet.rule.YamlMap;
import io.amivet.rule.YamlNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one exception of a policy. */
final class ExceptionReader {
  private static final Set<String> KEYS =
      Set.of("rule", "path", "fingerprint", "owner", "reason", "expires");
  private static final Pattern FINGERPRINT =
      Pattern.compile("[0-9a-f]{32}|SHA256:[A-Za-z0-9+/]{43}");

  private final RuleErrors errors;
  private final Set<String> ruleIds;

  /**
   * @param ruleIds the rules that there are; empty if any may be
   */
  ExceptionReader(RuleErrors errors, Set<String> ruleIds) {
    this.errors = errors;
    this.ruleIds = ruleIds;
  }

  Optional<RiskException> read(YamlNode item) {
    int before = errors.count();
    YamlMap map = YamlMap.of(item, KEYS, errors);
    if (errors.count() > before && !(item instanceof YamlNode.Mapping)) {
      return Optional.empty();
    }
    String rule = selector(map, "rule");
    String path = selector(map, "path");
    String fingerprint = selector(map, "fingerprint");
    if (!map.has("rule") && !map.has("fingerprint")) {
      errors.add(map.place(), "an exception names a rule or a fingerprint");
    }
    checkRule(map, rule);
    checkPath(map, path);
    if (!fingerprint.isEmpty() && !FINGERPRINT.matcher(fingerprint).matches()) {
      errors.add(
          map.place("fingerprint"),
          "fingerprint: expected the id of a finding (32 hex digits) or of a key (SHA256:…)");
    }
    String owner = map.requiredText("owner");
    String reason = map.requiredText("reason");
    LocalDate expires = expires(map);
    return expires == null || errors.count() > before
        ? Optional.empty()
        : Optional.of(
            new RiskException(rule, path, fingerprint, owner, reason, expires, map.place().line()));
  }

  private String selector(YamlMap map, String key) {
    return map.has(key) ? map.requiredText(key) : "";
  }

  private void checkRule(YamlMap map, String rule) {
    if (rule.isEmpty() || ruleIds.isEmpty()) {
      return;
    }
    String start = rule.endsWith("*") ? rule.substring(0, rule.length() - 1) : rule;
    boolean known =
        rule.equals(start)
            ? ruleIds.contains(rule)
            : !start.isEmpty() && ruleIds.stream().anyMatch(id -> id.startsWith(start));
    if (!known) {
      errors.add(map.place("rule"), "there is no rule " + rule + "; 'amivet rules list' shows all");
    }
  }

  private void checkPath(YamlMap map, String path) {
    if (path.isEmpty()) {
      return;
    }
    if (!path.startsWith("/")) {
      errors.add(map.place("path"), "path: starts with /");
      return;
    }
    try {
      Glob.parse(path);
    } catch (IllegalArgumentException e) {
      errors.add(map.place("path"), "path: " + e.getMessage());
    }
  }

  private @Nullable LocalDate expires(YamlMap map) {
    String text = map.requiredText("expires");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      errors.add(map.place("expires"), "expires: expected a day such as 2027-06-30, found " + text);
      return null;
    }
  }
}
