package io.amivet.rule;

import io.amivet.rule.Rule.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a page for each rule, and an index of them, in Markdown. */
public final class RuleDocs {
  private RuleDocs() {}

  /**
   * Writes the pages of the built-in rules.
   *
   * @param args the directory to write to
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected the directory to write to");
    }
    write(Path.of(args[0]), RulePacks.builtIn().rules());
  }

  static void write(Path directory, List<Rule> rules) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> page : pages(rules).entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
    }
  }

  /** The pages by file name. */
  public static Map<String, String> pages(List<Rule> rules) {
    Map<String, String> pages = new TreeMap<>();
    for (Rule rule : rules) {
      pages.put(rule.id() + ".md", page(rule));
    }
    pages.put("README.md", index(rules));
    return pages;
  }

  private static String index(List<Rule> rules) {
    StringBuilder text =
        new StringBuilder(
            "# Rules\n\n"
                + "Generated from the rule packs; do not edit. Severities by profile; a dash means that the"
                + " profile does not ask.\n\n"
                + "| Rule | Title | publish | vet | gate | marketplace |\n|---|---|---|---|---|---|\n");
    rules.stream()
        .sorted(Comparator.comparing(Rule::id))
        .forEach(rule -> {
          text.append("| [").append(rule.id()).append("](").append(rule.id()).append(".md) | ");
          text.append(rule.title().replace("|", "\\|"));
          for (Profile profile : Profile.values()) {
            text.append(" | ").append(severity(rule, profile));
          }
          text.append(" |\n");
        });
    return text.toString();
  }

  private static String severity(Rule rule, Profile profile) {
    Severity severity = rule.severity().get(profile);
    return severity == null ? "-" : severity.label();
  }

  private static String page(Rule rule) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(rule.id()).append(": ").append(rule.title()).append("\n\n");
    text.append(rule.description()).append("\n\n");
    text.append("| profile | severity |\n|---|---|\n");
    for (Profile profile : Profile.values()) {
      text.append("| ").append(profile.label()).append(" | ");
      text.append(severity(rule, profile)).append(" |\n");
    }
    text.append("\n## Where it looks\n\n");
    text.append(rule.paths().isEmpty() ? "In all regular files.\n" : globs(rule.paths()));
    if (!rule.excludedPaths().isEmpty()) {
      text.append("\nNot in:\n\n").append(globs(rule.excludedPaths()));
    }
    text.append("\n## What makes it fire\n\n").append(condition(rule.condition()));
    text.append("\n## What to do\n\n").append(rule.remediation()).append("\n");
    if (!rule.references().isEmpty()) {
      text.append("\n## See also\n\n");
      rule.references().forEach(reference -> text.append("- ").append(reference).append("\n"));
    }
    return text.toString();
  }

  private static String globs(List<PathPattern> patterns) {
    return patterns.stream()
        .map(pattern -> "- `" + pattern.glob() + "`\n")
        .collect(Collectors.joining());
  }

  private static String condition(Condition condition) {
    return switch (condition) {
      case Condition.Exists exists ->
          exists.minSizeBytes() == 0
              ? "The file exists.\n"
              : "The file exists and has at least " + exists.minSizeBytes() + " bytes.\n";
      case Condition.Parsed parsed ->
          "The parser `"
              + parsed.parser()
              + "` confirms: "
              + parsed.kinds().stream()
                  .map(kind -> "`" + kind + "`")
                  .collect(Collectors.joining(", "))
              + where(parsed.where())
              + ".\n";
      case Condition.Metadata metadata -> "The path names " + MetadataText.of(metadata) + ".\n";
      case Condition.Content content ->
          "The contents match, placeholders excepted"
              + (content.minEntropyBits() > 0
                  ? ", with more than " + content.minEntropyBits() + " bits a character"
                  : "")
              + (content.checks().isEmpty()
                  ? ""
                  : ", and the checks hold: " + String.join(", ", content.checks()))
              + ":\n\n```\n"
              + content.regex()
              + "\n```\n";
    };
  }

  private static String where(Map<String, List<String>> where) {
    return new TreeMap<>(where)
        .entrySet().stream()
            .map(entry ->
                entry.getKey().startsWith("!")
                    ? ", `" + entry.getKey().substring(1) + "` none of " + entry.getValue()
                    : ", `" + entry.getKey() + "` one of " + entry.getValue())
            .collect(Collectors.joining());
  }
}
