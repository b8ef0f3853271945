package io.amivet.cli;

import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.registry.Parsers;
import io.amivet.match.RuleSamples;
import io.amivet.rule.ForeignPack;
import io.amivet.rule.ForeignRules;
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
    return new Check(rules.size(), examples(rules), failures(rules));
  }

  @Override
  public Import importFile(Path file) throws IOException, RuleSyntaxException {
    ForeignPack pack =
        ForeignRules.read(file.toString(), Files.readAllBytes(file))
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.USAGE,
                    file
                        + " is no rule file of Gitleaks, Betterleaks, Nosey Parker, Titus,"
                        + " Kingfisher or ForensicArtifacts; 'amivet rules check' is for"
                        + " amivet's own"));
    return new Import(pack, examples(pack.rules()), failures(pack.rules()));
  }

  private static int examples(List<Rule> rules) {
    return rules.stream()
        .map(Rule::examples)
        .mapToInt(some -> some.positive().size() + some.negative().size())
        .sum();
  }

  private static List<String> failures(List<Rule> rules) {
    List<String> failures = new ArrayList<>();
    for (Rule rule : rules) {
      failures.addAll(new RuleSamples(rule, Parsers.all()).failures());
    }
    return failures;
  }
}
