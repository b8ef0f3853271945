package io.amivet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as a manual page, in the macros of man(7) that groff and mandoc share: the same words
 * as {@code --help}. picocli's own generator writes AsciiDoc, which needs a further program.
 */
final class ManPage {
  private final CommandLine command;
  private final String name;
  private final StringBuilder text = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
    this.name = command.getCommandSpec().qualifiedName("-");
  }

  /** Name of the page's file, {@code amivet-scan.1}. */
  static String fileName(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-") + ".1";
  }

  /** The whole page. */
  static String of(CommandLine command) {
    ManPage page = new ManPage(command);
    page.write();
    return page.text.toString();
  }

  private void write() {
    CommandSpec spec = command.getCommandSpec();
    Help help = command.getHelp();
    macro("TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" amivet \"amivet manual\"");
    section("NAME");
    String[] description = spec.usageMessage().description();
    line(name + " - " + headline(description));
    section("SYNOPSIS");
    macro("nf");
    line(help.synopsis(0).stripTrailing());
    macro("fi");
    section("DESCRIPTION");
    for (String sentence : description) {
      line(plain(sentence));
    }
    entries(parameters(spec), "ARGUMENTS");
    entries(options(spec), "OPTIONS");
    entries(subcommands(), "COMMANDS");
    if (spec.usageMessage().footer().length > 0) {
      section(heading(spec));
      macro("nf");
      for (String footer : spec.usageMessage().footer()) {
        line(plain(footer));
      }
      macro("fi");
    }
    section("SEE ALSO");
    line(seeAlso(spec));
  }

  private record Item(String term, List<String> lines) {}

  private static List<Item> parameters(CommandSpec spec) {
    List<Item> items = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      items.add(new Item(parameter.paramLabel(), lines(parameter.description())));
    }
    return items;
  }

  private static List<Item> options(CommandSpec spec) {
    List<Item> items = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      boolean hasValue = option.arity().max() > 0;
      String label = hasValue ? "=" + option.paramLabel() : "";
      items.add(
          new Item(
              String.join(", ", option.names()) + label,
              lines(option.description()).stream().map(line -> filled(line, option)).toList()));
    }
    return items;
  }

  private static String filled(String line, OptionSpec option) {
    List<String> candidates = new ArrayList<>();
    Iterable<String> known = option.completionCandidates();
    if (known != null) {
      known.forEach(candidates::add);
    }
    return line.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates))
        .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
  }

  private List<Item> subcommands() {
    List<Item> items = new ArrayList<>();
    for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
      String[] description = each.getValue().getCommandSpec().usageMessage().description();
      items.add(new Item(each.getKey(), lines(description)));
    }
    return items;
  }

  private static List<String> lines(String[] description) {
    return List.of(description).stream().map(ManPage::plain).toList();
  }

  private static String headline(String[] description) {
    String first = plain(String.join(" ", description)).split("(?<=[.;:]) ", 2)[0];
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String heading(CommandSpec spec) {
    String heading = plain(spec.usageMessage().footerHeading()).strip();
    String bare = heading.endsWith(":") ? heading.substring(0, heading.length() - 1) : heading;
    return bare.isEmpty() ? "NOTES" : bare.toUpperCase(Locale.ROOT);
  }

  private String seeAlso(CommandSpec spec) {
    if (spec.parent() != null) {
      return spec.parent().qualifiedName("-") + "(1)";
    }
    List<String> pages = new ArrayList<>();
    command.getSubcommands().keySet().forEach(one -> pages.add(name + "-" + one + "(1)"));
    return String.join(", ", pages);
  }

  private void entries(List<Item> items, String title) {
    if (items.isEmpty()) {
      return;
    }
    section(title);
    for (Item item : items) {
      macro("TP");
      text.append(".B ");
      line(item.term());
      item.lines().forEach(this::line);
    }
  }

  private void section(String title) {
    macro("SH " + '"' + title + '"');
  }

  private void macro(String request) {
    text.append('.').append(request).append('\n');
  }

  /** One line of text that is no request, whatever it starts with (groff(7), escapes). */
  private void line(String words) {
    for (String one : words.split("\n", -1)) {
      String escaped = escaped(one);
      text.append(escaped.startsWith(".") ? "\\&" : "").append(escaped).append('\n');
    }
  }

  /** Characters that groff would set as others: typographic quotes, dashes, accents. */
  private static String escaped(String words) {
    return words
        .replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha")
        .replace("…", "...");
  }

  /** What picocli's format means: {@code %n} ends a line, {@code %%} is a percent sign. */
  private static String plain(String picocli) {
    return picocli.replace("%n", "\n").replace("%%", "%");
  }
}
