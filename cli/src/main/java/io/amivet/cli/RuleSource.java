package io.amivet.cli;

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
