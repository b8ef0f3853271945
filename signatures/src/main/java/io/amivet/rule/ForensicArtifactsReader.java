package io.amivet.rule;

import io.amivet.glob.Glob;
import io.amivet.rule.ForeignPack.Refusal;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Definitions of the ForensicArtifacts repository: each names files and folders of a system that an
 * examiner wants to see. They become rules about paths, of severity info.
 */
final class ForensicArtifactsReader {
  static final String TOOL = "ForensicArtifacts";

  private static final String HOME = "%%users.homedir%%";

  private static final Map<Profile, Severity> INFO =
      Map.of(
          Profile.PUBLISH, Severity.INFO,
          Profile.VET, Severity.INFO,
          Profile.GATE, Severity.INFO,
          Profile.MARKETPLACE, Severity.INFO);

  private final RuleErrors errors;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private ForensicArtifactsReader(RuleErrors errors) {
    this.errors = errors;
  }

  /** Whether a document is a definition. */
  static boolean recognises(YamlNode document) {
    return document instanceof Mapping map
        && map.entries().stream().anyMatch(entry -> entry.key().text().equals("sources"))
        && map.entries().stream().anyMatch(entry -> entry.key().text().equals("name"));
  }

  static ForeignPack read(List<YamlNode> documents, RuleErrors errors) {
    ForensicArtifactsReader reader = new ForensicArtifactsReader(errors);
    for (YamlNode document : documents) {
      reader.definition(YamlMap.of(document, Set.of(), errors));
    }
    return new ForeignPack(TOOL, reader.rules, reader.refusals);
  }

  private void definition(YamlMap map) {
    String name = map.requiredText("name");
    if (name.isEmpty()) {
      return;
    }
    if (!isForLinux(map)) {
      refusals.add(new Refusal(name, "it is of another operating system"));
      return;
    }
    List<PathPattern> paths = new ArrayList<>();
    for (YamlNode item : map.items("sources")) {
      YamlMap source = YamlMap.of(item, Set.of(), errors);
      if (isForLinux(source)) {
        source(name, source, paths);
      }
    }
    if (paths.isEmpty()) {
      if (refusals.stream().noneMatch(refusal -> refusal.rule().equals(name))) {
        refusals.add(new Refusal(name, "it names no files"));
      }
      return;
    }
    rules.add(
        new Rule(
            name,
            map.text("doc").orElse(name).strip().lines().findFirst().orElse(name),
            map.text("doc").orElse(name).strip(),
            "imported",
            INFO,
            paths,
            List.of(),
            new Condition.Exists(0),
            "Remove the file if it is not part of what the image is for.",
            map.texts("urls").stream().map(Scalar::text).toList(),
            Rule.Examples.NONE));
  }

  private static boolean isForLinux(YamlMap map) {
    List<String> systems = map.texts("supported_os").stream().map(Scalar::text).toList();
    return systems.isEmpty() || systems.contains("Linux");
  }

  private void source(String name, YamlMap source, List<PathPattern> paths) {
    String type = source.requiredText("type");
    switch (type) {
      case "FILE", "PATH", "DIRECTORY" ->
          source
              .node("attributes")
              .map(node -> YamlMap.of(node, Set.of(), errors))
              .ifPresent(attributes -> {
                for (Scalar path : attributes.texts("paths")) {
                  path(name, path.text(), paths);
                }
              });
      default -> refusals.add(new Refusal(name, "a source of type " + type + " is left out"));
    }
  }

  private void path(String name, String text, List<PathPattern> paths) {
    String glob = text.startsWith(HOME) ? "~" + text.substring(HOME.length()) : text;
    if (glob.contains("%%") || !glob.matches("[/~].*")) {
      refusals.add(new Refusal(name, "the path " + text + " is left out"));
      return;
    }
    // A number after ** is how deep to look: any depth finds no less.
    glob = glob.replaceAll("\\*\\*[0-9]+", "**").replaceAll("/+$", "");
    try {
      Glob.parse(glob.startsWith("~") ? glob.substring(1) : glob);
      paths.add(new PathPattern(glob));
    } catch (IllegalArgumentException e) {
      refusals.add(new Refusal(name, "the path " + text + " is left out: " + e.getMessage()));
    }
  }
}
