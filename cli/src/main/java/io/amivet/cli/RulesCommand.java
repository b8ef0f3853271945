package io.amivet.cli;

import io.amivet.rule.ForeignPack;
import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet rules}: what amivet looks for. */
@picocli.CommandLine.Command(name = "rules", description = "Show and check the rules.")
final class RulesCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean helpRequested;

  /** A subcommand that prints text about rules. */
  abstract static class Sub extends Command {
    final RuleSource rules;

    Sub(StdStreams streams, RuleSource rules) {
      super(streams);
      this.rules = rules;
    }

    final void print(String text) throws IOException {
      streams.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @picocli.CommandLine.Command(name = "list", description = "List all rules, one a line.")
  static final class ListRules extends Sub {
    @Option(
        names = "--rules",
        paramLabel = "PATH",
        description = "A rule file or folder, beside the built-in rules; may be repeated.")
    List<Path> paths = new ArrayList<>();

    ListRules(StdStreams streams, RuleSource rules) {
      super(streams, rules);
    }

    @Override
    ExitCode run() throws IOException, RuleSyntaxException {
      print(RuleText.table(rules.load(paths)));
      return ExitCode.COMPLETE;
    }
  }

  @picocli.CommandLine.Command(
      name = "explain",
      description = "Show what a rule finds, why it matters and what to do.",
      footerHeading = "%nExamples:%n",
      footer = {"  amivet explain SSH-001"})
  static final class Explain extends Sub {
    @Parameters(paramLabel = "ID", description = "Such as SSH-001.")
    String id = "";

    @Option(
        names = "--rules",
        paramLabel = "PATH",
        description = "A rule file or folder, beside the built-in rules; may be repeated.")
    List<Path> paths = new ArrayList<>();

    Explain(StdStreams streams, RuleSource rules) {
      super(streams, rules);
    }

    @Override
    ExitCode run() throws IOException, RuleSyntaxException {
      print(
          rules.load(paths).rules().stream()
              .filter(rule -> rule.id().equalsIgnoreCase(id))
              .findFirst()
              .map(RuleText::page)
              .orElseThrow(() ->
                  new CommandFailure(
                      ExitCode.USAGE,
                      "there is no rule " + id + "; 'amivet rules list' shows all")));
      return ExitCode.COMPLETE;
    }
  }

  @picocli.CommandLine.Command(
      name = "import",
      description = {
        "Show what amivet makes of a rule file of another tool: Gitleaks, Betterleaks, Nosey Parker,",
        "Titus, Kingfisher, ForensicArtifacts. scan --rules takes the file as it is."
      })
  static final class Import extends Sub {
    @Parameters(paramLabel = "FILE", description = "The rule file.")
    Path file = Path.of("");

    Import(StdStreams streams, RuleSource rules) {
      super(streams, rules);
    }

    @Override
    ExitCode run() throws IOException, RuleSyntaxException {
      RuleSource.Import made = rules.importFile(file);
      StringBuilder text = new StringBuilder();
      for (ForeignPack.Refusal refusal : made.pack().refusals()) {
        String line = "not expressed: " + refusal.rule() + ": " + refusal.reason();
        text.append(TerminalText.escape(line)).append('\n');
      }
      for (String failure : made.failures()) {
        text.append(TerminalText.escape(failure)).append('\n');
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %d rules, %d examples, %d failures; %d not expressed\n",
              made.pack().tool(),
              made.pack().rules().size(),
              made.examples(),
              made.failures().size(),
              made.pack().refusals().size()));
      print(text.toString());
      return made.failures().isEmpty() ? ExitCode.COMPLETE : ExitCode.USAGE;
    }
  }

  @picocli.CommandLine.Command(
      name = "check",
      description = "Check a rule file: its form, and that its examples hold.")
  static final class Check extends Sub {
    @Parameters(paramLabel = "FILE", description = "The rule file.")
    Path file = Path.of("");

    Check(StdStreams streams, RuleSource rules) {
      super(streams, rules);
    }

    @Override
    ExitCode run() throws IOException, RuleSyntaxException {
      RuleSource.Check check = rules.check(file);
      for (String failure : check.failures()) {
        streams.err().println("amivet: " + TerminalText.escape(failure));
      }
      print(
          String.format(
              Locale.ROOT,
              "%d rules, %d examples, %d failures\n",
              check.rules(),
              check.examples(),
              check.failures().size()));
      return check.failures().isEmpty() ? ExitCode.COMPLETE : ExitCode.USAGE;
    }
  }
}
