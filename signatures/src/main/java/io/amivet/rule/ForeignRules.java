package io.amivet.rule;

import java.util.List;
import java.util.Optional;

/** Reads the rule files of other tools as they are; what a file is, its contents say. */
public final class ForeignRules {
  private ForeignRules() {}

  /**
   * The rules of a file.
   *
   * @param file name for error messages
   * @return empty if it is no rule file of another tool: then it may be one of amivet's own
   * @throws RuleSyntaxException with all errors, if it is one and is broken
   */
  public static Optional<ForeignPack> read(String file, byte[] source) throws RuleSyntaxException {
    RuleErrors errors = new RuleErrors(file);
    Optional<ForeignPack> pack =
        RuleLoader.text(source, errors).flatMap(text -> read(file, text, errors));
    if (pack.isPresent() || file.endsWith(".toml")) {
      if (errors.count() > 0) {
        throw new RuleSyntaxException(errors.all());
      }
      if (pack.isPresent() && pack.get().rules().isEmpty() && pack.get().refusals().isEmpty()) {
        errors.add(YamlNode.Place.START, "no rules");
        throw new RuleSyntaxException(errors.all());
      }
    }
    return pack;
  }

  private static Optional<ForeignPack> read(String file, String text, RuleErrors errors) {
    if (file.endsWith(".toml")) {
      return TomlReader.read(text, errors).map(document -> GitleaksReader.read(document, errors));
    }
    // What is not YAML is refused by the reader of amivet's own format.
    List<YamlNode> documents = YamlReader.readAll(text, new RuleErrors(file));
    if (documents.isEmpty()) {
      return Optional.empty();
    }
    if (PatternYamlReader.recognises(documents.getFirst())) {
      return Optional.of(PatternYamlReader.read(documents.getFirst(), errors));
    }
    if (ForensicArtifactsReader.recognises(documents.getFirst())) {
      return Optional.of(ForensicArtifactsReader.read(documents, errors));
    }
    return Optional.empty();
  }
}
