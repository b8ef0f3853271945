package io.amivet.rule;

import io.amivet.glob.Glob;
import io.amivet.rule.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of path patterns, and refuses what is not one. */
final class PathPatterns {
  private PathPatterns() {}

  static List<PathPattern> read(YamlMap map, String key, RuleErrors errors) {
    List<PathPattern> patterns = new ArrayList<>();
    for (Scalar scalar : map.texts(key)) {
      try {
        PathPattern pattern = new PathPattern(scalar.text());
        if (!errors.isVerified()) {
          Glob.parse(text(pattern));
        }
        patterns.add(pattern);
      } catch (IllegalArgumentException e) {
        errors.add(scalar.place(), key + ": " + e.getMessage());
      }
    }
    return patterns;
  }

  /** The globs of a pattern that was read; of what follows the home where it starts with ~. */
  static List<Glob> globs(PathPattern pattern) {
    return Glob.ofVerified(text(pattern));
  }

  private static String text(PathPattern pattern) {
    String glob = pattern.glob();
    return isInHome(pattern) ? glob.substring(1) : glob;
  }

  static boolean isInHome(PathPattern pattern) {
    return pattern.glob().startsWith("~");
  }
}
