package io.amivet.match;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.MapImageView;
import io.amivet.rule.FileStatus;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Example;
import io.amivet.rule.RuleSet;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the samples of a rule as a scan would run it over an image that holds just them. */
public final class RuleSamples {
  private static final Pattern USER_HOME = Pattern.compile("/home/[^/]+");

  private final Rule rule;
  private final List<ArtifactParser> parsers;

  public RuleSamples(Rule rule, List<ArtifactParser> parsers) {
    this.rule = rule;
    this.parsers = parsers;
  }

  /** What is wrong, one sentence for each sample; empty if all is well. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (Example example : rule.examples().positive()) {
      if (!fires(example)) {
        failures.add(rule.id() + " does not fire on its positive example " + example.path());
      }
    }
    for (Example example : rule.examples().negative()) {
      if (fires(example)) {
        failures.add(rule.id() + " fires on its negative example " + example.path());
      }
    }
    return failures;
  }

  private boolean fires(Example example) {
    Map<String, String> texts = new HashMap<>(example.files());
    texts.put(example.path(), example.text());
    MapImageView image = MapImageView.ofTexts(texts);
    Profile profile = rule.severity().keySet().iterator().next();
    RuleSet rules = new RuleSet(List.of(rule), parsers, profile).withHomes(homes(example, image));
    if (rule.condition() instanceof Rule.Condition.Metadata) {
      return !rules.judge(example::path, example.status()).isEmpty();
    }
    ArtifactFile file = withStatus(image.read(example.path()).orElseThrow(), example.status());
    if (rule.condition() instanceof Rule.Condition.Content) {
      return !rules.contentRules(example.path()).isEmpty() && matches(example.text());
    }
    return !rules.evaluate(rules.select(example.path()), file, image).isEmpty();
  }

  private static ArtifactFile withStatus(ArtifactFile file, FileStatus status) {
    return new ArtifactFile(
        file.path(), file.bytes(), file.truncated(), status.mode(), status.uid(), status.gid());
  }

  private boolean matches(String text) {
    try (MatchStream stream = new JavaMatchEngine(List.of(rule)).open()) {
      stream.feed(MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1)));
      return !stream.finish().isEmpty();
    }
  }

  /** Those of the sample's own accounts; root's and any below /home besides. */
  private static List<String> homes(Example example, MapImageView image) {
    Set<String> homes = new LinkedHashSet<>();
    image.accounts().forEach(account -> homes.add(account.home()));
    homes.add("/root");
    Matcher home = USER_HOME.matcher(example.path());
    if (home.lookingAt()) {
      homes.add(home.group());
    }
    return List.copyOf(homes);
  }
}
