package io.amivet.rule;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.glob.Glob;
import io.amivet.rule.Rule.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The rules of a scan, ready to be asked: which of them want a file, and what they say to it.
 * Immutable and thread-safe.
 */
public final class RuleSet {
  private final List<Rule> rules;
  private final Map<String, ArtifactParser> parsers;
  private final PathIndex paths;
  private final PathIndex excluded;
  private final MetadataRules metadata;
  private final PathTests pathTests = new PathTests();

  /**
   * A rule that fired, and the fact that made it fire.
   *
   * @param alsoMatched ids of rules that matched the same secret and say less of it, sorted
   */
  public record RuleMatch(Rule rule, Artifact artifact, List<String> alsoMatched) {
    public RuleMatch {
      alsoMatched = List.copyOf(alsoMatched);
    }

    public RuleMatch(Rule rule, Artifact artifact) {
      this(rule, artifact, List.of());
    }

    /** The same, named by one more rule. */
    public RuleMatch alsoMatchedBy(List<String> ruleIds) {
      TreeSet<String> all = new TreeSet<>(alsoMatched);
      all.addAll(ruleIds);
      return new RuleMatch(rule, artifact, List.copyOf(all));
    }
  }

  /**
   * Where rules look in particular, rather than anywhere or in homes. Rules about modes and owners
   * that judge whole trees do not count: they judge what is met.
   */
  public List<Glob> namedPlaces() {
    return rules.stream()
        .flatMap(rule ->
            rule.paths().stream()
                .filter(pattern ->
                    !(rule.condition() instanceof Condition.Metadata
                        && pattern.glob().contains("**"))))
        .filter(pattern -> !PathPatterns.isInHome(pattern))
        .flatMap(pattern -> PathPatterns.globs(pattern).stream())
        .toList();
  }

  /**
   * @param rules those that have no severity for {@code profile} are left out
   * @throws IllegalArgumentException if a rule names a parser that is not there
   */
  public RuleSet(List<Rule> rules, List<ArtifactParser> parsers, Profile profile) {
    this(
        rules.stream().filter(rule -> rule.severity().containsKey(profile)).toList(),
        byName(parsers));
  }

  private RuleSet(List<Rule> rules, Map<String, ArtifactParser> parsers) {
    this(
        rules,
        parsers,
        PathIndex.of(rules.stream().map(Rule::paths).toList()),
        PathIndex.of(rules.stream().map(Rule::excludedPaths).toList()),
        MetadataRules.of(rules));
    rules.forEach(this::requireParser);
  }

  private RuleSet(
      List<Rule> rules,
      Map<String, ArtifactParser> parsers,
      PathIndex paths,
      PathIndex excluded,
      MetadataRules metadata) {
    this.rules = rules;
    this.parsers = parsers;
    this.paths = paths;
    this.excluded = excluded;
    this.metadata = metadata;
  }

  private static Map<String, ArtifactParser> byName(List<ArtifactParser> parsers) {
    Map<String, ArtifactParser> byName = new HashMap<>();
    for (ArtifactParser parser : parsers) {
      if (byName.put(parser.name(), parser) != null) {
        throw new IllegalArgumentException("two parsers are called " + parser.name());
      }
    }
    return Map.copyOf(byName);
  }

  private void requireParser(Rule rule) {
    if (rule.condition() instanceof Condition.Parsed parsed
        && !parsers.containsKey(parsed.parser())) {
      throw new IllegalArgumentException(
          "rule " + rule.id() + " names an unknown parser: " + parsed.parser());
    }
  }

  /** The same rules, with {@code ~} standing for each of {@code homes}: absolute paths. */
  public RuleSet withHomes(List<String> homes) {
    return new RuleSet(
        rules,
        parsers,
        paths.withHomes(homes),
        excluded.withHomes(homes),
        metadata.withHomes(homes));
  }

  /**
   * The same rules for what lies in archives, where nothing says which directories are homes: each
   * may be one.
   */
  public RuleSet withHomesAnywhere() {
    return new RuleSet(
        rules,
        parsers,
        paths.withHomesAnywhere(),
        excluded.withHomesAnywhere(),
        metadata.withHomesAnywhere());
  }

  /** Whether {@code ~} stands for the same directories. */
  public boolean hasSameHomes(RuleSet other) {
    return paths.hasSameHomes(other.paths);
  }

  /** The same rules without some of them; {@code ~} stands for nothing. */
  public RuleSet without(Set<Rule> others) {
    return new RuleSet(rules.stream().filter(rule -> !others.contains(rule)).toList(), parsers);
  }

  /** The rules that leave {@code latin1Path} out, whatever else they look at. */
  public Set<Rule> excluding(String latin1Path) {
    return excluded.match(latin1Path).stream().mapToObj(rules::get).collect(Collectors.toSet());
  }

  /** The rules that have a severity in the profile, in the order given. */
  public List<Rule> rules() {
    return rules;
  }

  /** The rules that a {@link io.amivet.match.MatchEngine} looks for in all files. */
  public List<Rule> contentRules() {
    return rules.stream().filter(rule -> rule.condition() instanceof Condition.Content).toList();
  }

  /**
   * What the rules over metadata say to an entry of the image, whatever its type.
   *
   * @param latin1Path asked for only if type, mode and owner do not settle it
   */
  public List<RuleMatch> judge(Supplier<String> latin1Path, FileStatus status) {
    return metadata.match(latin1Path, status);
  }

  /** The rules that want the file at {@code latin1Path} given to a parser. */
  public List<Rule> select(String latin1Path) {
    var matching = paths.match(latin1Path);
    if (matching.isEmpty()) {
      return List.of();
    }
    matching.andNot(excluded.match(latin1Path));
    List<Rule> selected = new ArrayList<>();
    for (int i = matching.nextSetBit(0); i >= 0; i = matching.nextSetBit(i + 1)) {
      switch (rules.get(i).condition()) {
        case Condition.Exists _, Condition.Parsed _ -> selected.add(rules.get(i));
        case Condition.Metadata _, Condition.Content _ -> {
          // Neither of these is asked of a file at hand.
        }
      }
    }
    return selected;
  }

  /**
   * The content rules that count in the file at {@code latin1Path}: a hit of any other is to be
   * dropped. The engine itself knows no paths.
   */
  public List<Rule> contentRules(String latin1Path) {
    var matching = paths.match(latin1Path);
    var refused = excluded.match(latin1Path);
    List<Rule> selected = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.condition() instanceof Condition.Content content
          && (rule.paths().isEmpty() || matching.get(i))
          && !refused.get(i)
          && pathTests.accepts(content.exemptions(), latin1Path)) {
        selected.add(rule);
      }
    }
    return selected;
  }

  /**
   * What the selected rules say to a file. Each parser runs once.
   *
   * @throws ParserFailure if a parser threw; it carries what the others found
   */
  public List<RuleMatch> evaluate(List<Rule> selected, ArtifactFile file, ImageView image) {
    List<RuleMatch> matches = new ArrayList<>();
    Map<String, List<Artifact>> factsOfParser = new LinkedHashMap<>();
    Map<String, Throwable> failures = new LinkedHashMap<>();
    for (Rule rule : selected) {
      switch (rule.condition()) {
        case Condition.Exists exists -> matchExisting(rule, exists, file, matches);
        case Condition.Parsed parsed -> {
          List<Artifact> facts =
              factsOfParser.computeIfAbsent(
                  parsed.parser(), name -> parse(name, file, image, failures));
          for (Artifact fact : facts) {
            if (accepts(parsed, fact)) {
              matches.add(new RuleMatch(rule, fact));
            }
          }
        }
        case Condition.Metadata _, Condition.Content _ -> {
          // Not of this file alone: see select().
        }
      }
    }
    for (var failure : failures.entrySet()) {
      throw new ParserFailure(failure.getKey(), file.path(), failure.getValue(), matches);
    }
    return matches;
  }

  private static void matchExisting(
      Rule rule, Condition.Exists exists, ArtifactFile file, List<RuleMatch> matches) {
    int sizeBytes = file.bytes().length;
    if (file.truncated() || sizeBytes >= exists.minSizeBytes()) {
      Evidence evidence = Evidence.of(file.truncated() ? "large file" : sizeBytes + " bytes");
      matches.add(new RuleMatch(rule, new Artifact("file", 0, -1, evidence, Map.of(), List.of())));
    }
  }

  private List<Artifact> parse(
      String name, ArtifactFile file, ImageView image, Map<String, Throwable> failures) {
    ArtifactParser parser = parsers.get(name);
    if (parser == null) {
      throw new IllegalArgumentException("a rule of another set: its parser is " + name);
    }
    try {
      return parser.parse(file, image);
    } catch (RuntimeException | StackOverflowError e) {
      failures.put(name, e);
      return List.of();
    }
  }

  private static boolean accepts(Condition.Parsed condition, Artifact fact) {
    if (!condition.kinds().contains(fact.kind())) {
      return false;
    }
    for (var entry : condition.where().entrySet()) {
      boolean negated = entry.getKey().startsWith("!");
      String field = negated ? entry.getKey().substring(1) : entry.getKey();
      String value = fact.fields().getOrDefault(field, "");
      if (entry.getValue().contains(value) == negated) {
        return false;
      }
    }
    return true;
  }
}
