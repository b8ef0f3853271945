package io.amivet.rule;

import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.registry.Parsers;
import io.amivet.rule.RuleSyntaxException.RuleError;
import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of the build that verifies the rule packs and writes them as {@link CompiledPacks}. */
final class PackCompiler {
  private PackCompiler() {}

  /**
   * Writes the packs.
   *
   * @param args the file to write
   * @throws RuleSyntaxException with all errors of all packs; then nothing is written
   */
  public static void main(String[] args) throws IOException, RuleSyntaxException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected the file to write");
    }
    CompiledPacks packs = compile();
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
      packs.write(out);
    }
  }

  /**
   * The packs as they will be in the jar.
   *
   * @throws RuleSyntaxException with the errors of all packs
   */
  static CompiledPacks compile() throws RuleSyntaxException, IOException {
    Set<String> parsers =
        Parsers.all().stream().map(ArtifactParser::name).collect(Collectors.toSet());
    Map<String, byte[]> sources = RulePacks.sources();
    RuleLoader loader = new RuleLoader(parsers);
    List<RuleError> errors = new ArrayList<>();
    Map<String, YamlNode> packs = new LinkedHashMap<>();
    sources.forEach((file, source) -> {
      try {
        loader.load(file, source);
        packs.put(file, withoutSamples(tree(file, source)));
      } catch (RuleSyntaxException e) {
        errors.addAll(e.errors());
      }
    });
    if (!errors.isEmpty()) {
      throw new RuleSyntaxException(errors);
    }
    return new CompiledPacks(RulePacks.digestOf(sources), packs);
  }

  private static YamlNode tree(String file, byte[] source) {
    return RuleLoader.document(source, new RuleErrors(file)).orElseThrow();
  }

  /** The document, its rules without their {@code examples}. */
  private static YamlNode withoutSamples(YamlNode node) {
    return switch (node) {
      case Scalar scalar -> scalar;
      case Sequence sequence ->
          new Sequence(
              sequence.place(),
              sequence.items().stream().map(PackCompiler::withoutSamples).toList());
      case Mapping mapping ->
          new Mapping(
              mapping.place(),
              mapping.entries().stream()
                  .filter(entry -> !entry.key().text().equals(ExampleReader.KEY))
                  .map(entry -> new Entry(entry.key(), withoutSamples(entry.value())))
                  .toList());
    };
  }
}
