package io.amivet.cli;

import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.registry.Parsers;
import io.amivet.match.RuleSamples;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleLoader;
import io.amivet.rule.RulePack;
import io.amivet.rule.RulePacks;
import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The packs that come with amivet, and files of the user's own. */
final class BuiltInRules implements RuleSource {

  @Override
  public RulePack load(List<Path> paths) throws IOException, RuleSyntaxException {
    return RulePacks.load(paths, Parsers.all());
  }

  @Override
  public Check check(Path file) throws IOException, RuleSyntaxException {
    Set<String> names =
        Parsers.all().stream().map(ArtifactParser::name).collect(Collectors.toSet());
    List<Rule> rules = new RuleLoader(names).load(file.toString(), Files.readAllBytes(file));
    List<String> failures = new ArrayList<>();
    int examples = 0;
    for (Rule rule : rules) {
      examples += rule.examples().positive().size() + rule.examples().negative().size();
      failures.addAll(new RuleSamples(rule, Parsers.all()).failures());
    }
    return new Check(rules.size(), examples, failures);
  }
}
