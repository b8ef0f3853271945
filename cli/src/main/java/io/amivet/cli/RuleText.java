package io.amivet.cli;

import io.amivet.rule.MetadataText;
import io.amivet.rule.PathPattern;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePack;
import io.amivet.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rules as text for people. Rule files come from anywhere, so all of it is escaped. */
final class RuleText {
  private static final int WIDTH = 88;

  private RuleText() {}

  /** One line for each rule, and the pack's version. */
  static String table(RulePack pack) {
    StringBuilder text = new StringBuilder();
    for (Rule rule : pack.rules()) {
      Severity worst = rule.severity().values().stream().reduce(Severity.INFO, Severity::or);
      text.append(
          String.format(
              Locale.ROOT,
              "%-10s %-8s %-8s %s%n",
              TerminalText.escape(rule.id()),
              worst.label(),
              TerminalText.escape(rule.category()),
              TerminalText.escape(rule.title())));
    }
    return text.append(pack.rules().size())
        .append(" rules, version ")
        .append(TerminalText.escape(pack.version()))
        .append('\n')
        .toString();
  }

  /** All that one rule says of itself. */
  static String page(Rule rule) {
    StringBuilder text = new StringBuilder();
    text.append(TerminalText.escape(rule.id() + ": " + rule.title())).append("\n\n");
    paragraph(text, "", rule.description());
    text.append('\n');
    section(text, "category", List.of(rule.category()));
    section(text, "severity", severities(rule));
    section(text, "paths", rule.paths().stream().map(PathPattern::glob).toList());
    section(text, "not in", rule.excludedPaths().stream().map(PathPattern::glob).toList());
    section(text, "condition", List.of(condition(rule.condition())));
    text.append('\n');
    paragraph(text, "To fix: ", rule.remediation());
    section(text, "see", rule.references());
    return text.toString();
  }

  private static List<String> severities(Rule rule) {
    List<String> lines = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      Severity severity = rule.severity().get(profile);
      if (severity != null) {
        lines.add(profile.label() + ": " + severity.label());
      }
    }
    return lines;
  }

  private static String condition(Rule.Condition condition) {
    return switch (condition) {
      case Rule.Condition.Exists exists ->
          "the file exists and has at least " + exists.minSizeBytes() + " bytes";
      case Rule.Condition.Parsed parsed ->
          "parser "
              + parsed.parser()
              + " finds "
              + String.join(" or ", parsed.kinds())
              + (parsed.where().isEmpty()
                  ? ""
                  : " where " + new java.util.TreeMap<>(parsed.where()));
      case Rule.Condition.Metadata metadata -> "the path names " + MetadataText.of(metadata);
      case Rule.Condition.Content content -> "the contents match " + content.regex();
    };
  }

  private static void section(StringBuilder text, String name, List<String> lines) {
    String heading = name;
    for (String line : lines) {
      text.append(String.format(Locale.ROOT, "%-10s %s%n", heading, TerminalText.escape(line)));
      heading = "";
    }
  }

  private static void paragraph(StringBuilder text, String start, String sentences) {
    StringBuilder line = new StringBuilder(start);
    for (String word : sentences.strip().split("\\s+")) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
      }
      line.append(TerminalText.escape(word)).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
