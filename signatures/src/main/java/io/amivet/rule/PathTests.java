package io.amivet.rule;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Asks paths for the expressions that rules of other tools have for them. Thread-safe. */
final class PathTests {
  private final Map<String, Pattern> compiled = new ConcurrentHashMap<>();

  boolean accepts(Exemptions exemptions, String path) {
    if (exemptions.onlyPaths().isEmpty() && exemptions.paths().isEmpty()) {
      return true;
    }
    return (exemptions.onlyPaths().isEmpty() || hasAny(path, exemptions.onlyPaths()))
        && !hasAny(path, exemptions.paths());
  }

  private boolean hasAny(String path, List<String> regexes) {
    for (String regex : regexes) {
      if (compiled.computeIfAbsent(regex, Pattern::compile).matcher(path).find()) {
        return true;
      }
    }
    return false;
  }
}
