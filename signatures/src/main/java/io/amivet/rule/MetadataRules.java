package io.amivet.rule;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.glob.Glob;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.RuleSet.RuleMatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The rules that ask for types, modes, owners and link targets. Made for every entry of an image:
 * the status is compared first, which few files pass, and only then the path.
 */
final class MetadataRules {

  /** A rule with its condition made ready. */
  private record Prepared(
      Rule rule, Condition.Metadata condition, List<Glob> targets, List<Glob> refusedTargets) {

    static Prepared of(Rule rule, Condition.Metadata condition) {
      return new Prepared(
          rule, condition, globs(condition.targets()), globs(condition.refusedTargets()));
    }

    private static List<Glob> globs(List<PathPattern> patterns) {
      return patterns.stream().flatMap(pattern -> Glob.parse(pattern.glob()).stream()).toList();
    }

    /** The target is looked at last, since it has to be read. */
    boolean acceptsTarget(String path, FileStatus status) {
      if (targets.isEmpty() && refusedTargets.isEmpty()) {
        return true;
      }
      if (status.type() != FileStatus.Type.SYMLINK) {
        return targets.isEmpty();
      }
      String target = absolute(path, status.target());
      return (targets.isEmpty() || anyMatches(targets, target))
          && !anyMatches(refusedTargets, target);
    }

    private static boolean anyMatches(List<Glob> globs, String path) {
      return globs.stream().anyMatch(glob -> glob.matches(path));
    }
  }

  private final List<Prepared> rules;
  private final PathIndex paths;
  private final PathIndex excluded;

  private MetadataRules(List<Prepared> rules, PathIndex paths, PathIndex excluded) {
    this.rules = rules;
    this.paths = paths;
    this.excluded = excluded;
  }

  /** Takes those of {@code all} that have such a condition. */
  static MetadataRules of(List<Rule> all) {
    List<Prepared> rules = new ArrayList<>();
    for (Rule rule : all) {
      if (rule.condition() instanceof Condition.Metadata condition) {
        rules.add(Prepared.of(rule, condition));
      }
    }
    return new MetadataRules(
        rules,
        PathIndex.of(rules.stream().map(each -> each.rule().paths()).toList()),
        PathIndex.of(rules.stream().map(each -> each.rule().excludedPaths()).toList()));
  }

  MetadataRules withHomes(List<String> homes) {
    return new MetadataRules(rules, paths.withHomes(homes), excluded.withHomes(homes));
  }

  MetadataRules withHomesAnywhere() {
    return new MetadataRules(rules, paths.withHomesAnywhere(), excluded.withHomesAnywhere());
  }

  /**
   * The rules that fire on a file.
   *
   * @param latin1Path asked for only if the status alone does not settle it
   */
  List<RuleMatch> match(Supplier<String> latin1Path, FileStatus status) {
    BitSet candidates = new BitSet();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).condition().accepts(status)) {
        candidates.set(i);
      }
    }
    if (candidates.isEmpty()) {
      return List.of();
    }
    String path = latin1Path.get();
    candidates.and(paths.match(path));
    if (candidates.isEmpty()) {
      return List.of();
    }
    candidates.andNot(excluded.match(path));
    List<RuleMatch> matches = new ArrayList<>();
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (rules.get(i).acceptsTarget(path, status)) {
        matches.add(new RuleMatch(rules.get(i).rule(), fact(status)));
      }
    }
    return matches;
  }

  private static Artifact fact(FileStatus status) {
    String target = status.type() == FileStatus.Type.SYMLINK ? status.target() : "";
    String text =
        target.isEmpty()
            ? String.format(
                Locale.ROOT,
                "%s, mode %04o, owner %d, group %d",
                status.type().label(),
                status.mode(),
                status.uid(),
                status.gid())
            : "symlink to " + target;
    return new Artifact(
        "metadata",
        0,
        -1,
        Evidence.of(text),
        Fields.of("type", status.type().label()).and("target", target).map(),
        List.of());
  }

  /** The target as a path from the root, by its text alone: {@code ..} takes a name away. */
  private static String absolute(String link, String target) {
    String joined =
        target.startsWith("/") ? target : link.substring(0, link.lastIndexOf('/') + 1) + target;
    Deque<String> names = new ArrayDeque<>();
    for (String name : joined.split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }
}
