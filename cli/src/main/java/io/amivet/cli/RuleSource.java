package io.amivet.cli;

import io.amivet.rule.ForeignPack;
import io.amivet.rule.RulePack;
import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where rules come from. */
interface RuleSource {

  /**
   * The built-in rules and those of more files or folders.
   *
   * @throws RuleSyntaxException with all errors of all files
   */
  RulePack load(List<Path> paths) throws IOException, RuleSyntaxException;

  /**
   * Loads one rule file and runs the rules' own examples.
   *
   * @throws RuleSyntaxException if it is not well formed
   */
  Check check(Path file) throws IOException, RuleSyntaxException;

  /**
   * Reads a rule file of another tool and runs the examples that it carries.
   *
   * @throws RuleSyntaxException if it is broken
   */
  Import importFile(Path file) throws IOException, RuleSyntaxException;

  /**
   * What came of a rule file of another tool.
   *
   * @param examples how many were run
   * @param failures one sentence for each example that does not hold
   */
  record Import(ForeignPack pack, int examples, List<String> failures) {
    public Import {
      failures = List.copyOf(failures);
    }
  }

  /**
   * What came of a check.
   *
   * @param failures one sentence for each example that does not hold
   */
  record Check(int rules, int examples, List<String> failures) {
    public Check {
      failures = List.copyOf(failures);
    }
  }
}
